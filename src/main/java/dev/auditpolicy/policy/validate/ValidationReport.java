package dev.auditpolicy.policy.validate;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.decode.DecodeFinding.NullElement;
import dev.auditpolicy.policy.decode.DecodeFinding.WrongType;
import dev.auditpolicy.policy.decode.DecodedPolicy;
import dev.auditpolicy.policy.decode.PolicyDecoder;
import dev.auditpolicy.policy.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of decoding and validating a document as a policy.
 *
 * @param findings the mismatches with the schema
 * @param violations the values that validation rejects, of those that could be decoded
 */
public record ValidationReport(DecodedPolicy policy, List<DecodeFinding> findings, List<Violation> violations) {

    /** Validates the fields of a policy without apiVersion, kind and metadata, where a null in a list is an error. */
    public static ValidationReport ofFields(Tree tree, FieldPath path, KubernetesVersion version) {
        var decoder = new PolicyDecoder();
        DecodedPolicy policy = decoder.policy(tree, path);
        List<DecodeFinding> nulls = decoder.findings().stream()
                .filter(NullElement.class::isInstance)
                .toList();
        return of(policy, decoder.findings(), path, version).withoutViolationsAt(nulls);
    }

    /** Validates a whole policy file. */
    public static ValidationReport ofFile(Tree tree, KubernetesVersion version) {
        var decoder = new PolicyDecoder();
        DecodedPolicy policy = decoder.file(tree, FieldPath.ROOT);
        return of(policy, decoder.findings(), FieldPath.ROOT, version);
    }

    private static ValidationReport of(
            DecodedPolicy policy, List<DecodeFinding> findings, FieldPath path, KubernetesVersion version) {
        List<DecodeFinding> wrongTypes =
                findings.stream().filter(WrongType.class::isInstance).toList();
        return new ValidationReport(policy, findings, PolicyValidation.violations(policy, path, version))
                .withoutViolationsAt(wrongTypes);
    }

    /** Omits violations at or below these findings: a value that could not be decoded counts as absent. */
    private ValidationReport withoutViolationsAt(List<DecodeFinding> undecoded) {
        Set<FieldPath> undecodedPaths =
                undecoded.stream().map(DecodeFinding::path).collect(Collectors.toUnmodifiableSet());
        return new ValidationReport(
                policy,
                findings,
                violations.stream()
                        .filter(violation -> violation.path().selfAndParents().noneMatch(undecodedPaths::contains))
                        .toList());
    }
}
