package dev.auditpolicy.controller;

import static dev.auditpolicy.api.v1alpha1.Condition.FALSE;
import static dev.auditpolicy.api.v1alpha1.Condition.TRUE;
import static dev.auditpolicy.api.v1alpha1.Condition.UNKNOWN;

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
import org.jspecify.annotations.Nullable;

/** Builds the status of an AuditPolicy from the decision about the turn. */
public final class StatusFactory {

    private final InstantSource clock;

    public StatusFactory(InstantSource clock) {
        this.clock = clock;
    }

    /** The status of a valid spec. */
    AuditPolicyStatus accepted(
            AuditPolicy policy, String revision, List<String> findings, List<NodeState> nodes, Decision decision) {
        var previous = previous(policy);
        var conditions = conditions(policy, previous);
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var updated = count(nodes, node -> node.isUpdatedTo(revision));
        var progress = progress(decision);
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                revision,
                decision instanceof Decision.Complete ? revision : previous.committedRevision(),
                turn(previous.turn(), decision),
                NodeCounts.of(nodes.size(), updated, effective),
                List.of(
                        conditions.of(Conditions.READY, progress.ready(), progress.reason(), progress.message()),
                        conditions.of(
                                Conditions.RECONCILING, progress.reconciling(), progress.reason(), progress.message()),
                        conditions.of(Conditions.STALLED, progress.stalled(), progress.reason(), progress.message()),
                        conditions.of(
                                Conditions.ACCEPTED,
                                TRUE,
                                findings.isEmpty() ? "Valid" : Conditions.VALID_WITH_FINDINGS,
                                String.join("; ", findings)),
                        effective(conditions, revision, nodes)));
    }

    /** The status of an invalid spec; {@code decision} applies to a turn that was granted before. */
    AuditPolicyStatus invalid(AuditPolicy policy, List<NodeState> nodes, String message, Decision decision) {
        var previous = previous(policy);
        var conditions = conditions(policy, previous);
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                previous.revision(),
                previous.committedRevision(),
                turn(previous.turn(), decision),
                NodeCounts.of(nodes.size(), 0, 0),
                List.of(
                        conditions.of(Conditions.READY, FALSE, "Invalid", message),
                        conditions.of(Conditions.RECONCILING, FALSE, "Invalid", message),
                        conditions.of(Conditions.STALLED, TRUE, "Invalid", message),
                        conditions.of(Conditions.ACCEPTED, FALSE, "Invalid", message),
                        conditions.of(Conditions.EFFECTIVE, FALSE, "Invalid", "the spec is invalid")));
    }

    private record Progress(String ready, String reconciling, String stalled, String reason, String message) {}

    private static Progress progress(Decision decision) {
        return switch (decision) {
            case Decision.Complete _ ->
                new Progress(TRUE, FALSE, FALSE, "Proven", "every kube-apiserver is verified to run this generation");
            case Decision.Grant grant ->
                new Progress(FALSE, TRUE, FALSE, "RollingOut", "node " + grant.node() + " is granted its turn");
            case Decision.Retain retain -> new Progress(FALSE, TRUE, FALSE, "RollingOut", retain.message());
            case Decision.Revoke revoke -> new Progress(FALSE, TRUE, FALSE, "RollingOut", revoke.message());
            case Decision.Wait wait ->
                new Progress(FALSE, TRUE, FALSE, wait.reason().name(), wait.message());
            case Decision.Stall stall ->
                new Progress(FALSE, FALSE, TRUE, stall.reason().name(), stall.message());
        };
    }

    private @Nullable Turn turn(@Nullable Turn current, Decision decision) {
        return switch (decision) {
            case Decision.Grant grant ->
                new Turn(
                        UUID.randomUUID().toString(), grant.node(), grant.revision(), grant.attempt(), clock.instant());
            case Decision.Revoke _ -> null;
            case Decision.Complete _, Decision.Retain _, Decision.Wait _, Decision.Stall _ -> current;
        };
    }

    /** Unknown unless a node is known not to run the revision. */
    private static Condition effective(Conditions conditions, String revision, List<NodeState> nodes) {
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var unknown = count(nodes, node -> node.is(Phase.PENDING, revision));
        var message = effective + " of " + nodes.size() + " kube-apiservers are verified to run this revision"
                + NodeList.others(revision, nodes);
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

    private static int count(List<NodeState> nodes, Predicate<NodeState> condition) {
        return (int) nodes.stream().filter(condition).count();
    }

    private static AuditPolicyStatus previous(AuditPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .orElseGet(() -> new AuditPolicyStatus(null, null, null, null, null, List.of()));
    }

    private Conditions conditions(AuditPolicy policy, AuditPolicyStatus previous) {
        return new Conditions(previous.conditions(), policy.getMetadata().getGeneration(), clock.instant());
    }
}
