package dev.auditpolicy.policy.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.decode.DecodedPolicies;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.validate.ValidationReport;
import dev.auditpolicy.policy.validate.Violation;
import java.util.List;
import java.util.stream.Stream;

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
        ValidationReport examination = ValidationReport.ofFields(JsonTree.of(policy), new FieldPath(path), oldest);
        List<PolicyProblem> problems = Stream.concat(
                        examination.findings().stream().map(Remedies::problem),
                        examination.violations().stream().map(Violation::problem))
                .toList();
        return problems.isEmpty()
                ? new PolicyReading.ValidPolicy(DecodedPolicies.policy(examination.policy()))
                : new PolicyReading.InvalidPolicy(problems);
    }
}
