package dev.auditpolicy.policy.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.decode.DecodedPolicies;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.validate.ValidationReport;
import dev.auditpolicy.policy.validate.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the policy of an AuditPolicy strictly: it rejects what kube-apiserver would silently ignore or default, and what
 * its validation rejects. It reports all problems at once.
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
     * @param policy an object with the fields of an {@code audit.k8s.io/v1} Policy except apiVersion, kind and metadata;
     *     null or a null node counts as an object without fields
     * @param path the path of that object in messages, such as {@code spec.policy}
     */
    public PolicyReading read(@Nullable JsonNode policy, String path) {
        return read(new TimedPolicy.Combined(JsonTree.of(policy), RuleOrigins.NONE), path);
    }

    /** Reads a policy with temporary rules; {@code path} is that of the other rules' policy. */
    public PolicyReading read(TimedPolicy.Combined policy, String path) {
        ValidationReport report = ValidationReport.ofFields(policy.policy(), new FieldPath(path), oldest);
        List<PolicyProblem> problems = Stream.concat(
                        report.findings().stream().map(Remedies::problem),
                        report.violations().stream().map(Violation::problem))
                .map(policy.origins()::locate)
                .toList();
        return problems.isEmpty()
                ? new PolicyReading.ValidPolicy(DecodedPolicies.policy(report.policy()))
                : new PolicyReading.InvalidPolicy(problems);
    }
}
