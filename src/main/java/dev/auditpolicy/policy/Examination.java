package dev.auditpolicy.policy;

import dev.auditpolicy.policy.Finding.NullElement;
import dev.auditpolicy.policy.Finding.WrongType;
import java.util.List;

/**
 * Everything that is to be said about a document that should be a policy.
 *
 * @param findings what does not have its shape
 * @param violations what validation refuses of the rest
 */
record Examination(DecodedPolicy policy, List<Finding> findings, List<Violation> violations) {

    /** Examines the fields of a policy without type and metadata. */
    static Examination ofFields(Tree tree, FieldPath path, KubernetesVersion version) {
        PolicyDecoder decoder = new PolicyDecoder();
        return of(decoder.policy(tree, path), decoder.findings(), path, version);
    }

    /** Examines a whole policy. */
    static Examination ofFile(Tree tree, KubernetesVersion version) {
        PolicyDecoder decoder = new PolicyDecoder();
        return of(decoder.file(tree, FieldPath.ROOT), decoder.findings(), FieldPath.ROOT, version);
    }

    private static Examination of(
            DecodedPolicy policy, List<Finding> findings, FieldPath path, KubernetesVersion version) {
        List<Violation> violations = PolicyValidation.violations(policy, path, version).stream()
                .filter(violation -> findings.stream().noneMatch(finding -> explains(finding, violation)))
                .toList();
        return new Examination(policy, findings, violations);
    }

    /** What could not be decoded was taken as absent: what validation says of it then is noise. */
    private static boolean explains(Finding finding, Violation violation) {
        return switch (finding) {
            case WrongType _, NullElement _ -> violation.path().isWithin(finding.path());
            case Finding.UnknownField _, Finding.DuplicateField _ -> false;
        };
    }
}
