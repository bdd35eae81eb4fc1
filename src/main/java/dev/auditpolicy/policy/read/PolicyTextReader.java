package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.decode.DecodedPolicies;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.validate.ValidationReport;
import dev.auditpolicy.policy.validate.Violation;
import dev.auditpolicy.policy.yaml.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads a text that contains a policy: an AuditPolicy or a policy file. */
public final class PolicyTextReader {

    private final KubernetesVersion version;
    private final Instant now;

    /**
     * A reader for a kube-apiserver of this version, 1.24 or newer.
     *
     * @param now decides which temporary rules of an AuditPolicy apply
     */
    public PolicyTextReader(KubernetesVersion version, Instant now) {
        this.version = version;
        this.now = now;
    }

    /** A reader of texts that are no AuditPolicy with temporary rules: all of these count as ended. */
    public PolicyTextReader(KubernetesVersion version) {
        this(version, Instant.MAX);
    }

    /**
     * Reads a policy file like kube-apiserver, and an AuditPolicy strictly. Of an AuditPolicy, it checks only the rules.
     */
    public PolicyFileReading read(byte[] content) {
        try {
            return read(Document.read(content));
        } catch (MalformedDocumentException e) {
            return PolicyFileReader.malformed(e);
        }
    }

    /** The same for a text that was parsed already. */
    public PolicyFileReading read(PolicyText text) {
        try {
            return read(text.document());
        } catch (MalformedDocumentException e) {
            return PolicyFileReader.malformed(e);
        }
    }

    private PolicyFileReading read(Document document) {
        return TextKind.of(document) == TextKind.AUDIT_POLICY
                ? auditPolicy(document)
                : new PolicyFileReader(version).read(document);
    }

    private PolicyFileReading auditPolicy(Document document) {
        FieldPath path = FieldPath.ROOT.field("spec").field("policy");
        TimedPolicy.Combined combined =
                TimedPolicy.of(document.value(FieldPath.ROOT.field("spec"))).at(now);
        RuleOrigins origins = combined.origins();
        ValidationReport report = ValidationReport.ofFields(combined.policy(), path, version);
        var problems = new ArrayList<LocatedProblem>();
        for (DuplicateKey duplicate : document.duplicates()) {
            problems.add(new LocatedProblem(duplicate.key(), Remedies.problem(duplicate)));
        }
        for (DecodeFinding finding : report.findings()) {
            problems.add(new LocatedProblem(finding.position(), origins.locate(Remedies.problem(finding))));
        }
        for (Violation violation : report.violations()) {
            PolicyProblem problem = origins.locate(violation.problem());
            problems.add(new LocatedProblem(document.position(new FieldPath(problem.path())), problem));
        }
        List<LocatedProblem> ignored = document.next()
                .map(position -> List.of(new LocatedProblem(position, PolicyFileReader.SECOND_DOCUMENT)))
                .orElse(List.of());
        return problems.isEmpty()
                ? new PolicyFileReading.Loaded(DecodedPolicies.policy(report.policy()), origins, ignored, "")
                : new PolicyFileReading.InvalidFile("", problems, ignored, "");
    }
}
