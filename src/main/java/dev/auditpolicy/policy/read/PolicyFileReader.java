package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.decode.DecodeFinding.WrongType;
import dev.auditpolicy.policy.decode.DecodedPolicies;
import dev.auditpolicy.policy.decode.InternalPolicy;
import dev.auditpolicy.policy.tree.BeyondLimitsException;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.validate.ValidationReport;
import dev.auditpolicy.policy.validate.Violation;
import dev.auditpolicy.policy.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads policy files as the loader of a kube-apiserver does (upstream's {@code pkg/audit/policy/reader.go}): strictly at
 * first, and if that fails only for unknown fields or duplicate keys, with a warning and without them.
 */
public final class PolicyFileReader {

    static final PolicyProblem SECOND_DOCUMENT = new PolicyProblem(
            "", "", "a second document", "only the first one is read: remove it, or put its rules into the first");

    private final KubernetesVersion version;

    /** A reader that judges as a kube-apiserver of this version, 1.24 or newer. */
    public PolicyFileReader(KubernetesVersion version) {
        this.version = version;
    }

    /** What that kube-apiserver makes of a file with this content. */
    public PolicyFileReading read(byte[] content) {
        try {
            return read(Document.read(content));
        } catch (MalformedDocumentException e) {
            return malformed(e);
        }
    }

    PolicyFileReading read(Document document) {
        Optional<UnsupportedType> refusal = UnsupportedType.of(TypeMeta.of(document.root()));
        return refusal.isPresent() ? refuse(refusal.get(), document) : policy(document);
    }

    static PolicyFileReading malformed(MalformedDocumentException e) {
        boolean beyondLimits = e instanceof BeyondLimitsException;
        String message = beyondLimits ? "" : "failed decoding: " + e.getMessage();
        String remedy = beyondLimits ? "no useful policy is" : "kube-apiserver reads a YAML or JSON object";
        PolicyProblem problem = new PolicyProblem("", "", e.getMessage(), remedy);
        return new PolicyFileReading.InvalidFile(
                message, List.of(new LocatedProblem(e.position(), problem)), List.of(), "");
    }

    private PolicyFileReading refuse(UnsupportedType refusal, Document document) {
        // What upstream takes for its internal type it decodes, and finds unknown fields in, before it refuses it.
        String warning = refusal.afterDecoding() ? warning(document, InternalPolicy.findings(document.root())) : "";
        FieldPath path = FieldPath.ROOT.field(refusal.field());
        PolicyProblem problem = new PolicyProblem(
                refusal.field(), Excerpt.of(document.value(path)), refusal.message(), refusal.remedy());
        Position position = document.position(path);
        return new PolicyFileReading.InvalidFile(
                refusal.upstream(), List.of(new LocatedProblem(position, problem)), List.of(), warning);
    }

    private PolicyFileReading policy(Document document) {
        ValidationReport examination = ValidationReport.ofFile(document.root(), version);
        List<LocatedProblem> passedOver = passedOver(document, examination);
        List<LocatedProblem> problems = problems(document, examination);
        Optional<WrongType> wrongType = examination.findings().stream()
                .filter(WrongType.class::isInstance)
                .map(WrongType.class::cast)
                .findFirst();
        if (wrongType.isPresent()) {
            String message = "failed decoding: " + GoMessages.wrongType(wrongType.get());
            return new PolicyFileReading.InvalidFile(message, problems, passedOver, "");
        }
        String warning = warning(document, examination.findings());
        return examination.violations().isEmpty()
                ? new PolicyFileReading.Loaded(DecodedPolicies.policy(examination.policy()), passedOver, warning)
                : new PolicyFileReading.InvalidFile(
                        GoMessages.aggregate(examination.violations()), problems, passedOver, warning);
    }

    /** Before 1.26, unknown fields and duplicate keys vanish without a word. */
    private String warning(Document document, List<DecodeFinding> findings) {
        String complaint = GoMessages.strict(document.duplicates(), findings);
        return complaint.isEmpty() || !version.isAtLeast(1, 26)
                ? ""
                : "Audit policy contains errors, falling back to lenient decoding: " + complaint;
    }

    private static List<LocatedProblem> problems(Document document, ValidationReport examination) {
        List<LocatedProblem> problems = new ArrayList<>();
        for (DecodeFinding finding : examination.findings()) {
            if (finding instanceof WrongType) {
                problems.add(new LocatedProblem(finding.position(), Remedies.problem(finding)));
            }
        }
        for (Violation violation : examination.violations()) {
            problems.add(new LocatedProblem(document.position(violation.path()), violation.problem()));
        }
        return problems;
    }

    private static List<LocatedProblem> passedOver(Document document, ValidationReport examination) {
        List<LocatedProblem> passedOver = new ArrayList<>();
        for (DuplicateKey duplicate : document.duplicates()) {
            passedOver.add(new LocatedProblem(duplicate.key(), Remedies.problem(duplicate)));
        }
        for (DecodeFinding finding : examination.findings()) {
            if (!(finding instanceof WrongType)) {
                passedOver.add(new LocatedProblem(finding.position(), Remedies.problem(finding)));
            }
        }
        document.next().ifPresent(position -> passedOver.add(new LocatedProblem(position, SECOND_DOCUMENT)));
        return passedOver;
    }
}
