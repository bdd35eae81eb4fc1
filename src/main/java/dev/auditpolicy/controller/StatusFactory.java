package dev.auditpolicy.controller;

import static dev.auditpolicy.api.v1alpha1.Condition.FALSE;
import static dev.auditpolicy.api.v1alpha1.Condition.TRUE;
import static dev.auditpolicy.api.v1alpha1.Condition.UNKNOWN;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the status of an AuditPolicy from the decision about the turn. */
public final class StatusFactory {

    private static final int SHOWN_PROBLEMS = 2;

    private final InstantSource clock;

    public StatusFactory(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What a valid spec wants.
     *
     * @param findings what the linter reports
     * @param plan of the rollout, if there is one
     */
    record Desired(String revision, List<String> findings, TemporaryState temporary, Optional<RolloutPlan> plan) {}

    /**
     * The status of a valid spec.
     *
     * @param unmanaged host names of live kube-apiservers without a control-plane Node
     */
    AuditPolicyStatus accepted(
            AuditPolicy policy, Desired desired, List<NodeState> nodes, List<String> unmanaged, Decision decision) {
        var previous = previous(policy);
        var revision = desired.revision();
        var findings = desired.findings();
        var conditions = conditions(policy, previous);
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var updated = count(nodes, node -> node.isUpdatedTo(revision));
        var temporary = desired.temporary().entries(previous.temporaryRules(), decision instanceof Decision.Complete);
        var progress = progress(decision).with(TemporaryState.describe(temporary));
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                revision,
                decision instanceof Decision.Complete ? revision : previous.committedRevision(),
                turn(previous.turn(), decision),
                NodeCounts.of(nodes.size() + unmanaged.size(), updated, effective),
                temporary,
                decision instanceof Decision.Complete ? null : desired.plan().orElse(null),
                List.of(
                        conditions.of(Conditions.READY, progress.ready(), progress.reason(), progress.message()),
                        conditions.of(
                                Conditions.RECONCILING,
                                progress.reconciling(),
                                progress.reason(),
                                progress.messageIf(progress.reconciling())),
                        conditions.of(
                                Conditions.STALLED,
                                progress.stalled(),
                                progress.reason(),
                                progress.messageIf(progress.stalled())),
                        conditions.of(
                                Conditions.ACCEPTED,
                                TRUE,
                                findings.isEmpty() ? "Valid" : Conditions.VALID_WITH_FINDINGS,
                                String.join("; ", findings)),
                        effective(conditions, revision, nodes, unmanaged)));
    }

    /**
     * The status of an invalid spec. The nodes are counted by the last valid revision, because they keep it: the spec
     * stops nothing.
     *
     * @param decision applies to a turn that was granted before
     */
    AuditPolicyStatus invalid(AuditPolicy policy, List<NodeState> nodes, List<String> problems, Decision decision) {
        var previous = previous(policy);
        var conditions = conditions(policy, previous);
        var last = Optional.ofNullable(previous.revision());
        var effective = count(nodes, node -> last.filter(revision -> node.is(Phase.EFFECTIVE, revision))
                .isPresent());
        var updated = count(nodes, node -> last.filter(node::isUpdatedTo).isPresent());
        var unchanged = last.map(revision -> effective + " of " + nodes.size()
                        + " kube-apiservers are verified to run the last valid revision, " + revision)
                .orElse("no earlier generation was valid");
        var temporary = TemporaryState.unchanged(previous.temporaryRules(), clock.instant());
        var message = summary(problems) + ". The spec changes no node; " + unchanged
                + TemporaryState.describe(temporary).map("; "::concat).orElse("");
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                previous.revision(),
                previous.committedRevision(),
                turn(previous.turn(), decision),
                NodeCounts.of(nodes.size(), updated, effective),
                temporary,
                previous.plan(),
                List.of(
                        conditions.of(Conditions.READY, FALSE, "Invalid", message),
                        conditions.of(Conditions.RECONCILING, FALSE, "Invalid", ""),
                        conditions.of(Conditions.STALLED, TRUE, "Invalid", message),
                        conditions.of(Conditions.ACCEPTED, FALSE, "Invalid", String.join("; ", problems)),
                        conditions.of(Conditions.EFFECTIVE, FALSE, "Invalid", "the spec is invalid; " + unchanged)));
    }

    /** The first two problems. The condition Accepted contains all of them. */
    private static String summary(List<String> problems) {
        var shown = problems.stream().limit(SHOWN_PROBLEMS).toList();
        var hidden = problems.size() - shown.size();
        return String.join("; ", shown) + (hidden == 0 ? "" : "; and " + hidden + " more, see the condition Accepted");
    }

    /** The status if a reconciliation fails. What was written before it stays, except that it may be out of date. */
    AuditPolicyStatus failed(AuditPolicy policy, Exception failure) {
        var previous = previous(policy);
        var conditions = conditions(policy, previous);
        var message = "the controller cannot determine the state of the cluster and retries: "
                + RequestFailure.describe(failure) + ". For details, see the log of the controller";
        return new AuditPolicyStatus(
                policy.getMetadata().getGeneration(),
                previous.revision(),
                previous.committedRevision(),
                previous.turn(),
                previous.nodes(),
                previous.temporaryRules(),
                previous.plan(),
                Stream.concat(
                                Stream.of(
                                        conditions.of(Conditions.READY, UNKNOWN, Conditions.CONTROLLER_FAILED, message),
                                        conditions.of(
                                                Conditions.RECONCILING, TRUE, Conditions.CONTROLLER_FAILED, message),
                                        conditions.of(Conditions.STALLED, FALSE, Conditions.CONTROLLER_FAILED, "")),
                                previous.conditions().stream().filter(StatusFactory::isAboutTheSpec))
                        .toList());
    }

    private static boolean isAboutTheSpec(Condition condition) {
        return condition.type().equals(Conditions.ACCEPTED) || condition.type().equals(Conditions.EFFECTIVE);
    }

    record Progress(String ready, String reconciling, String stalled, String reason, String message) {

        Progress with(Optional<String> remark) {
            return new Progress(
                    ready,
                    reconciling,
                    stalled,
                    reason,
                    remark.map(text -> message + "; " + text).orElse(message));
        }

        /** Reconciling or Stalled repeats the message of Ready only if it is True, for clients that read only those. */
        String messageIf(String status) {
            return status.equals(TRUE) ? message : "";
        }
    }

    static Progress progress(Decision decision) {
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

    @Nullable
    Turn turn(@Nullable Turn current, Decision decision) {
        return switch (decision) {
            case Decision.Grant grant ->
                new Turn(
                        UUID.randomUUID().toString(), grant.node(), grant.revision(), grant.attempt(), clock.instant());
            case Decision.Revoke _, Decision.Complete _ -> null;
            case Decision.Retain _, Decision.Wait _, Decision.Stall _ -> current;
        };
    }

    /** Unknown unless a node is known not to run the revision. */
    private static Condition effective(
            Conditions conditions, String revision, List<NodeState> nodes, List<String> unmanaged) {
        var effective = count(nodes, node -> node.is(Phase.EFFECTIVE, revision));
        var unknown = count(nodes, node -> node.is(Phase.PENDING, revision));
        var message = effective + " of " + (nodes.size() + unmanaged.size())
                + " kube-apiservers are verified to run this revision"
                + NodeList.others(revision, nodes)
                + (unmanaged.isEmpty() ? "" : "; not that of a host without a Node: " + String.join(", ", unmanaged));
        if (nodes.isEmpty()) {
            return conditions.of(Conditions.EFFECTIVE, UNKNOWN, "NoControlPlaneNodes", message);
        }
        if (effective == nodes.size() && !unmanaged.isEmpty()) {
            return conditions.of(Conditions.EFFECTIVE, UNKNOWN, Decision.Reason.UnmanagedAPIServer.name(), message);
        }
        if (effective == nodes.size()) {
            return conditions.of(Conditions.EFFECTIVE, TRUE, "Proven", message);
        }
        return effective + unknown == nodes.size()
                ? conditions.of(Conditions.EFFECTIVE, UNKNOWN, "NotProven", message)
                : conditions.of(Conditions.EFFECTIVE, FALSE, "PartiallyEffective", message);
    }

    static int count(List<NodeState> nodes, Predicate<NodeState> condition) {
        return (int) nodes.stream().filter(condition).count();
    }

    static AuditPolicyStatus previous(AuditPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .orElseGet(() -> new AuditPolicyStatus(null, null, null, null, null, List.of()));
    }

    Conditions conditions(AuditPolicy policy, AuditPolicyStatus previous) {
        return new Conditions(previous.conditions(), policy.getMetadata().getGeneration(), clock.instant());
    }
}
