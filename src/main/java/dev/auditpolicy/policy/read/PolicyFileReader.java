package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.decode.DecodeFinding.WrongType;
import dev.auditpolicy.policy.decode.DecodedPolicies;
import dev.auditpolicy.policy.decode.InternalPolicy;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.validate.ValidationReport;
import dev.auditpolicy.policy.validate.Violation;
import dev.auditpolicy.policy.yaml.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads policy files like kube-apiserver's loader (upstream's {@code pkg/audit/policy/reader.go}): strictly first; if only
 * unknown fields or duplicate keys fail, it logs a warning and ignores them.
 */
public final class PolicyFileReader {

    static final PolicyProblem SECOND_DOCUMENT = new PolicyProblem(
            "",
            "",
            "a second document",
            "kube-apiserver reads only the first: remove it, or move its rules to the first");

    private final KubernetesVersion version;

    /** A reader for a kube-apiserver of this version, 1.24 or newer. */
    public PolicyFileReader(KubernetesVersion version) {
        this.version = version;
    }

    /** Reads a file with this content. */
    public PolicyFileReading read(byte[] content) {
        try {
            return read(Document.read(content));
        } catch (MalformedDocumentException e) {
            return malformed(e);
        }
    }

    /** The policy of a text that was accepted before; empty if it would be rejected now. */
    public static Optional<Policy> policy(String text) {
        return new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(text.getBytes(StandardCharsets.UTF_8))
                        instanceof PolicyFileReading.Loaded loaded
                ? Optional.of(loaded.policy())
                : Optional.empty();
    }

    PolicyFileReading read(Document document) {
        Optional<UnsupportedType> unsupported = UnsupportedType.of(TypeMeta.of(document.root()));
        return unsupported.isPresent() ? rejectType(unsupported.get(), document) : policy(document);
    }

    static PolicyFileReading malformed(MalformedDocumentException e) {
        SyntaxFault fault = SyntaxFault.of(e);
        PolicyProblem problem = new PolicyProblem("", "", fault.message(), fault.remedy());
        return new PolicyFileReading.InvalidFile(
                fault.upstreamMessage(), List.of(new LocatedProblem(e.position(), problem)), List.of(), "");
    }

    private PolicyFileReading rejectType(UnsupportedType unsupported, Document document) {
        // Upstream decodes its internal type, and warns of unknown fields, before it rejects the type.
        String warning = unsupported.afterDecoding() ? warning(document, InternalPolicy.findings(document.root())) : "";
        FieldPath path = FieldPath.ROOT.field(unsupported.field());
        PolicyProblem problem = WrongKind.of(document)
                .orElseGet(() -> new PolicyProblem(
                        unsupported.field(),
                        Excerpt.of(document.value(path)),
                        unsupported.message(),
                        unsupported.remedy()));
        Position position = document.position(new FieldPath(problem.path()));
        return new PolicyFileReading.InvalidFile(
                unsupported.upstreamMessage(), List.of(new LocatedProblem(position, problem)), List.of(), warning);
    }

    private PolicyFileReading policy(Document document) {
        ValidationReport report = ValidationReport.ofFile(document.root(), version);
        List<LocatedProblem> ignored = ignored(document, report);
        List<LocatedProblem> problems = problems(document, report);
        Optional<WrongType> wrongType = report.findings().stream()
                .filter(WrongType.class::isInstance)
                .map(WrongType.class::cast)
                .findFirst();
        if (wrongType.isPresent()) {
            String message = "failed decoding: " + GoMessages.wrongType(wrongType.get());
            return new PolicyFileReading.InvalidFile(message, problems, ignored, "");
        }
        String warning = warning(document, report.findings());
        return report.violations().isEmpty()
                ? new PolicyFileReading.Loaded(
                        DecodedPolicies.policy(report.policy()), RuleOrigins.NONE, ignored, warning)
                : new PolicyFileReading.InvalidFile(
                        GoMessages.aggregate(report.violations()), problems, ignored, warning);
    }

    /** Before 1.26, kube-apiserver ignored unknown fields and duplicate keys silently. */
    private String warning(Document document, List<DecodeFinding> findings) {
        String error = GoMessages.strict(document.duplicates(), findings);
        return error.isEmpty() || !version.isAtLeast(1, 26)
                ? ""
                : "Audit policy contains errors, falling back to lenient decoding: " + error;
    }

    private static List<LocatedProblem> problems(Document document, ValidationReport report) {
        var problems = new ArrayList<LocatedProblem>();
        for (DecodeFinding finding : report.findings()) {
            if (finding instanceof WrongType) {
                problems.add(new LocatedProblem(finding.position(), Remedies.problem(finding)));
            }
        }
        for (Violation violation : report.violations()) {
            problems.add(new LocatedProblem(document.position(violation.path()), violation.problem()));
        }
        return problems;
    }

    private static List<LocatedProblem> ignored(Document document, ValidationReport report) {
        var ignored = new ArrayList<LocatedProblem>();
        for (DuplicateKey duplicate : document.duplicates()) {
            ignored.add(new LocatedProblem(duplicate.key(), Remedies.problem(duplicate)));
        }
        for (DecodeFinding finding : report.findings()) {
            if (!(finding instanceof WrongType)) {
                ignored.add(new LocatedProblem(finding.position(), Remedies.problem(finding)));
            }
        }
        document.next().ifPresent(position -> ignored.add(new LocatedProblem(position, SECOND_DOCUMENT)));
        return ignored;
    }
}
