package dev.auditpolicy.controller;

import static dev.auditpolicy.api.v1alpha1.Condition.FALSE;
import static dev.auditpolicy.api.v1alpha1.Condition.TRUE;
import static dev.auditpolicy.api.v1alpha1.Condition.UNKNOWN;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Tells in an AuditPolicy's status what was decided. Everything is written anew each time, in one write. */
public final class StatusFactory {

    private final InstantSource clock;

    public StatusFactory(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The status after {@code decision} about an accepted spec. */
    AuditPolicyStatus accepted(
            AuditPolicy policy, String revision, List<String> findings, List<NodeState> nodes, Decision decision) {
        var before = before(policy);
        var conditions = conditions(policy, before);
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var updated = count(nodes, node -> node.isUpdatedTo(revision));
        var progress = progress(decision);
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                revision,
                decision instanceof Decision.Complete ? revision : before.committedRevision(),
                turn(before.turn(), decision),
                NodeCounts.of(nodes.size(), updated, effective),
                List.of(
                        conditions.of(Conditions.READY, progress.ready(), progress.reason(), progress.message()),
                        conditions.of(
                                Conditions.RECONCILING, progress.reconciling(), progress.reason(), progress.message()),
                        conditions.of(Conditions.STALLED, progress.stalled(), progress.reason(), progress.message()),
                        conditions.of(
                                Conditions.ACCEPTED,
                                TRUE,
                                findings.isEmpty() ? "Valid" : "ValidWithFindings",
                                String.join("; ", findings)),
                        effective(conditions, revision, nodes)));
    }

    /** The status after a spec was refused; {@code decision} is about a turn that may still be given. */
    AuditPolicyStatus refused(AuditPolicy policy, List<NodeState> nodes, String message, Decision decision) {
        var before = before(policy);
        var conditions = conditions(policy, before);
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                before.revision(),
                before.committedRevision(),
                turn(before.turn(), decision),
                NodeCounts.of(nodes.size(), 0, 0),
                List.of(
                        conditions.of(Conditions.READY, FALSE, "Invalid", message),
                        conditions.of(Conditions.RECONCILING, FALSE, "Invalid", message),
                        conditions.of(Conditions.STALLED, TRUE, "Invalid", message),
                        conditions.of(Conditions.ACCEPTED, FALSE, "Invalid", message),
                        conditions.of(Conditions.EFFECTIVE, FALSE, "Invalid", "the spec was refused")));
    }

    private record Progress(String ready, String reconciling, String stalled, String reason, String message) {}

    private static Progress progress(Decision decision) {
        return switch (decision) {
            case Decision.Complete _ ->
                new Progress(TRUE, FALSE, FALSE, "Proven", "every kube-apiserver was proven to run this generation");
            case Decision.Grant give ->
                new Progress(FALSE, TRUE, FALSE, "RollingOut", "node " + give.node() + " is given its turn");
            case Decision.Retain keep -> new Progress(FALSE, TRUE, FALSE, "RollingOut", keep.message());
            case Decision.Revoke takeBack -> new Progress(FALSE, TRUE, FALSE, "RollingOut", takeBack.message());
            case Decision.Wait wait ->
                new Progress(FALSE, TRUE, FALSE, wait.reason().name(), wait.message());
            case Decision.Stall stall ->
                new Progress(FALSE, FALSE, TRUE, stall.reason().name(), stall.message());
        };
    }

    private Turn turn(Turn before, Decision decision) {
        return switch (decision) {
            case Decision.Grant give ->
                new Turn(UUID.randomUUID().toString(), give.node(), give.revision(), give.attempt(), clock.instant());
            case Decision.Revoke _ -> null;
            case Decision.Complete _, Decision.Retain _, Decision.Wait _, Decision.Stall _ -> before;
        };
    }

    /** Unknown as long as no agent says that its kube-apiserver runs something else. */
    private static Condition effective(Conditions conditions, String revision, List<NodeState> nodes) {
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var unknown = count(nodes, node -> node.is(Phase.PENDING, revision));
        var message = effective + " of " + nodes.size() + " kube-apiservers are proven to run this revision";
        if (nodes.isEmpty()) {
            return conditions.of(Conditions.EFFECTIVE, UNKNOWN, "NoControlPlaneNodes", message);
        }
        if (effective == nodes.size()) {
            return conditions.of(Conditions.EFFECTIVE, TRUE, "Proven", message);
        }
        return effective + unknown == nodes.size()
                ? conditions.of(Conditions.EFFECTIVE, UNKNOWN, "NotProven", message)
                : conditions.of(Conditions.EFFECTIVE, FALSE, "PartiallyEffective", message);
    }

    private static int count(List<NodeState> nodes, Predicate<NodeState> which) {
        return (int) nodes.stream().filter(which).count();
    }

    private static AuditPolicyStatus before(AuditPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .orElseGet(() -> new AuditPolicyStatus(null, null, null, null, null, List.of()));
    }

    private Conditions conditions(AuditPolicy policy, AuditPolicyStatus before) {
        return new Conditions(before.conditions(), policy.getMetadata().getGeneration(), clock.instant());
    }
}
