package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.LogPrediction;
import dev.auditpolicy.api.v1alpha1.PlannedNode;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.rollout.Decision.Reason;
import dev.auditpolicy.rollout.Decision.Wait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether the rollout of a revision may start.
 *
 * @param committed the last revision that every node was verified to run
 * @param earlier revisions of the same spec before temporary rules ended: their approval includes the end
 */
public record RolloutGate(Rollout rollout, Optional<String> committed, Set<String> earlier) {

    public RolloutGate {
        earlier = Set.copyOf(earlier);
    }

    /**
     * Why the rollout must not start; empty if it may. A node is always brought back to the committed revision.
     *
     * @param pending names of the nodes that do not run the revision yet
     */
    public Optional<Wait> hold(RolloutPlan plan, List<String> pending) {
        var revision = plan.revision();
        var approved = Optional.ofNullable(rollout.approvedRevision());
        if (committed
                        .filter(last -> last.equals(revision) || earlier.contains(last))
                        .isPresent()
                || approved.filter(last -> last.equals(revision) || earlier.contains(last))
                        .isPresent()) {
            return Optional.empty();
        }
        return rollout.waitsForApproval()
                ? Optional.of(new Wait(
                        Reason.AwaitingApproval,
                        "revision " + revision + " waits for approval, because spec.rollout.approve is Manual"
                                + approved.map(" and approvedRevision names another revision, "::concat)
                                        .orElse("")
                                + "; status.plan says what it will change. " + wayOut(revision)))
                : growth(plan, pending);
    }

    private Optional<Wait> growth(RolloutPlan plan, List<String> pending) {
        var limit = rollout.maxGrowth();
        if (limit == null) {
            return Optional.empty();
        }
        var factor = Double.parseDouble(limit.substring(0, limit.length() - 1));
        var planned = plan.nodes().stream().map(PlannedNode::name).toList();
        return Stream.concat(
                        plan.nodes().stream().flatMap(node -> problem(node, factor).stream()),
                        pending.stream().filter(node -> !planned.contains(node)).map(RolloutGate::unpredictable))
                .findFirst()
                .map(problem -> new Wait(
                        Reason.GrowthAboveLimit,
                        problem + ", and spec.rollout.maxGrowth is " + limit + "; status.plan says more. "
                                + wayOut(plan.revision())));
    }

    private static Optional<String> problem(PlannedNode node, double limit) {
        var log = node.log();
        if (log == null) {
            return node.restart() == null ? Optional.empty() : Optional.of(unpredictable(node.name()));
        }
        return log.growth().isPresent() && log.growth().getAsDouble() > limit
                ? Optional.of(describe(node.name(), log))
                : Optional.empty();
    }

    private static String unpredictable(String node) {
        return "the growth of the log of node " + node + " cannot be predicted";
    }

    private static String describe(String node, LogPrediction log) {
        return String.format(
                Locale.ROOT,
                "the log of node %s is predicted to grow at %d to %d bytes per second instead of %d, up to %.1fx",
                node,
                log.minBytesPerSecond(),
                log.maxBytesPerSecond(),
                log.bytesPerSecond(),
                log.growth().orElseThrow());
    }

    private static String wayOut(String revision) {
        return "To start it, set spec.rollout.approvedRevision: kubectl patch auditpolicy cluster --type merge -p"
                + " '{\"spec\":{\"rollout\":{\"approvedRevision\":\"" + revision + "\"}}}'";
    }
}
