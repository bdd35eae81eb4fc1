package dev.auditpolicy.controller.plan;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.PlannedNode;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.policy.read.PolicyFileReader;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what the agents plan, and how the policy differs from the one before. Not for several threads at once. */
public final class RolloutPlanner {

    /** That of a kube-apiserver without auditing. */
    private static final String NOTHING = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n";

    private @Nullable String comparedWith;
    private @Nullable String comparedRevision;
    private PolicyChanges changes = PolicyChanges.NONE;

    /**
     * The plan of a rollout.
     *
     * @param committed the text of the committed revision's policy, if there is one
     * @param members the AuditNodes of the control plane
     */
    public RolloutPlan plan(String revision, Policy policy, Optional<String> committed, List<AuditNode> members) {
        var before = committed.or(() -> observed(members)).orElse(null);
        if (before == null) {
            changes = PolicyChanges.NONE;
        } else if (!before.equals(comparedWith) || !revision.equals(comparedRevision)) {
            changes = PolicyFileReader.policy(before)
                    .map(older -> PolicyChanges.between(older, policy))
                    .orElse(PolicyChanges.NONE);
        }
        comparedWith = before;
        comparedRevision = revision;
        return new RolloutPlan(
                revision,
                changes.first(),
                changes.count(),
                members.stream()
                        .sorted(Comparator.comparing(node -> node.getMetadata().getName()))
                        .flatMap(node -> planned(node, revision).stream())
                        .toList());
    }

    /** What the nodes record before the first rollout; empty if that is not known. */
    private static Optional<String> observed(List<AuditNode> members) {
        var observed = members.stream()
                .flatMap(node -> Optional.ofNullable(node.getStatus()).map(AuditNodeStatus::observed).stream())
                .toList();
        var policies = observed.stream()
                .flatMap(state -> Optional.ofNullable(state.policy()).stream())
                .toList();
        return !observed.isEmpty() && policies.isEmpty()
                ? Optional.of(NOTHING)
                : policies.stream()
                        .flatMap(policy -> Optional.ofNullable(policy.text()).stream())
                        .findFirst();
    }

    private static Optional<PlannedNode> planned(AuditNode node, String revision) {
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::plan)
                .filter(plan -> plan.revision().equals(revision))
                .map(plan -> PlannedNode.of(node.getMetadata().getName(), plan));
    }
}
