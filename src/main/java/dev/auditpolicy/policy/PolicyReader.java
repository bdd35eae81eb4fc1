package dev.auditpolicy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.Finding.WrongType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the policy of an AuditPolicy strictly: what kube-apiserver would silently drop or fill in is refused, and so is
 * what its validation refuses, everything at once.
 */
public final class PolicyReader {

    private final KubernetesVersion oldest;

    /**
     * A reader for a cluster.
     *
     * @param oldest the version of the oldest kube-apiserver that has to load the policy
     */
    public PolicyReader(KubernetesVersion oldest) {
        this.oldest = oldest;
    }

    /**
     * Reads a policy.
     *
     * @param policy an object with the fields of an {@code audit.k8s.io/v1} Policy except type and metadata; null or a
     *     null node counts as an object without fields
     * @param path the name of that object in messages, such as {@code spec.policy}
     */
    public PolicyReading read(JsonNode policy, String path) {
        FieldPath root = new FieldPath(path);
        PolicyDecoder decoder = new PolicyDecoder();
        DecodedPolicy decoded = decoder.policy(JsonTree.of(policy), root);
        List<Problem> problems = new ArrayList<>(
                decoder.findings().stream().map(Remedies::problem).toList());
        violations(decoded, root).stream()
                .filter(violation -> decoder.findings().stream().noneMatch(finding -> explains(finding, violation)))
                .map(violation -> new Problem(
                        violation.path().text(), violation.value(), violation.message(), violation.remedy()))
                .forEach(problems::add);
        return problems.isEmpty()
                ? new PolicyReading.Read(DecodedPolicies.policy(decoded))
                : new PolicyReading.Refused(problems);
    }

    private List<Violation> violations(DecodedPolicy policy, FieldPath root) {
        List<Violation> violations = new ArrayList<>(PolicyValidation.violations(policy, root, oldest));
        if (policy.rules().isEmpty()) {
            violations.add(new Violation(
                    root.field("rules"),
                    root.field("rules").text(),
                    "",
                    "loaded illegal policy with 0 rules",
                    "add at least one rule, such as level: Metadata; to record nothing, a rule with level: None"));
        }
        return violations;
    }

    /** A value that could not be decoded was taken as absent: what validation says of it then is noise. */
    private static boolean explains(Finding finding, Violation violation) {
        return (finding instanceof WrongType || finding instanceof Finding.NullElement)
                && violation.path().isWithin(finding.path());
    }
}
