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
 * Everything that is to be said about a document that should be a policy.
 *
 * @param findings what does not have its shape
 * @param violations what validation refuses of the rest
 */
public record ValidationReport(DecodedPolicy policy, List<DecodeFinding> findings, List<Violation> violations) {

    /** Examines the fields of a policy without type and metadata, where a null in a list is not let pass. */
    public static ValidationReport ofFields(Tree tree, FieldPath path, KubernetesVersion version) {
        PolicyDecoder decoder = new PolicyDecoder();
        DecodedPolicy policy = decoder.policy(tree, path);
        List<DecodeFinding> nulls = decoder.findings().stream()
                .filter(NullElement.class::isInstance)
                .toList();
        return of(policy, decoder.findings(), path, version).without(nulls);
    }

    /** Examines a whole policy. */
    public static ValidationReport ofFile(Tree tree, KubernetesVersion version) {
        PolicyDecoder decoder = new PolicyDecoder();
        DecodedPolicy policy = decoder.file(tree, FieldPath.ROOT);
        return of(policy, decoder.findings(), FieldPath.ROOT, version);
    }

    private static ValidationReport of(
            DecodedPolicy policy, List<DecodeFinding> findings, FieldPath path, KubernetesVersion version) {
        List<DecodeFinding> wrong =
                findings.stream().filter(WrongType.class::isInstance).toList();
        return new ValidationReport(policy, findings, PolicyValidation.violations(policy, path, version))
                .without(wrong);
    }

    /** The same without what validation says inside of these places: what could not be decoded is absent there. */
    private ValidationReport without(List<DecodeFinding> findingsThere) {
        Set<FieldPath> places = findingsThere.stream().map(DecodeFinding::path).collect(Collectors.toUnmodifiableSet());
        return new ValidationReport(
                policy,
                findings,
                violations.stream()
                        .filter(violation -> violation.path().andAround().noneMatch(places::contains))
                        .toList());
    }
}
