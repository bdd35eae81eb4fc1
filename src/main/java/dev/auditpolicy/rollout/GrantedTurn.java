package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.rollout.Decision.Reason;
import dev.auditpolicy.rollout.Decision.Retain;
import dev.auditpolicy.rollout.Decision.Revoke;
import dev.auditpolicy.rollout.Decision.Stall;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A turn that a node has, until the node has ended it or does not answer. */
record GrantedTurn(ClusterState cluster, Turn turn) {

    /**
     * How long an unanswered turn stays with its node. An agent answers within one period of its loop (10 s) unless it
     * is down or a peer is not ready. Revoking the turn is safe: an agent that answers late detects it.
     */
    static final Duration UNANSWERED = Duration.ofSeconds(60);

    /** Longer than an agent takes to answer. */
    private static final Duration UNUSUAL = Duration.ofSeconds(15);

    /** A restart takes 5 to 20 s (docs/benchmarks.md), and a guard starts before it. */
    private static final Duration USUAL_RESTART = Duration.ofSeconds(45);

    private static final String CHECK_AGENT =
            "check its agent (kubectl -n auditpolicy-system get pods -o wide; on an enrolled host: systemctl status auditpolicy-agent)";

    /** For the start of a turn and of its rollback, each beyond the time that the rollout grants. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /**
     * How long a turn can take: a restart that is not verified in time, and its rollback, which takes as long at most.
     * After that, its agent is not running or is prevented from completing it.
     */
    static Duration longest(Rollout rollout) {
        return Duration.ofSeconds(rollout.drainSeconds() + rollout.verifyTimeoutSeconds())
                .plus(MARGIN)
                .multipliedBy(2);
    }

    /** @param withoutTurn what to do without the turn */
    Decision decide(Function<ClusterState, Decision> withoutTurn) {
        var holder = cluster.node(turn.node());
        if (holder.isEmpty()) {
            return new Revoke(turn, "node " + turn.node() + " is no longer part of the control plane");
        }
        var ended = holder.get().lastTurn().filter(last -> last.id().equals(turn.id()));
        if (ended.isPresent()) {
            // Nothing is granted, so that nobody can see a turn that has ended beside nodes that are all done.
            return withoutTurn.apply(cluster) instanceof Decision.Complete complete
                    ? complete
                    : new Revoke(turn, "node " + turn.node() + " has ended its turn; choosing the next step");
        }
        return holder.get().activeTurnID().filter(turn.id()::equals).isPresent()
                ? acting(holder.get())
                : unanswered(holder.get());
    }

    private Decision acting(NodeState holder) {
        var longest = longest(cluster.rollout());
        if (turn.issuedAt().plus(longest).isBefore(cluster.now())) {
            return new Stall(
                    Reason.TurnOverdue,
                    "node " + turn.node() + " has not ended its turn within " + longest.toSeconds() + " s ("
                            + holder.message() + "): run \"auditpolicy status\" on the node and check its agent and"
                            + " kubelet. If the machine is lost, delete its Node");
        }
        return new Retain(
                turn,
                cluster.isDeparting(turn.node())
                        ? "node " + turn.node()
                                + " has left the control plane during its turn; waiting for the turn to end"
                        : "node " + turn.node() + " acts on its turn: " + holder.message() + outage(holder));
    }

    /** What the agent cannot report while it waits: nothing has come back in the time that a restart takes. */
    private String outage(NodeState holder) {
        var expected = USUAL_RESTART.plusSeconds(cluster.rollout().drainSeconds());
        if (turn.issuedAt().plus(expected).isAfter(cluster.now())) {
            return "";
        }
        return switch (holder.readiness()) {
            case Readiness.NotReady(var reason) ->
                "; its kube-apiserver has not returned (" + reason
                        + "): if that lasts, check kubelet and the container runtime on the node, or systemd if it runs"
                        + " kube-apiserver";
            case Readiness.Ready _ ->
                "; its kube-apiserver serves, and its agent has not reported the end: if that lasts, " + CHECK_AGENT;
        };
    }

    private Decision unanswered(NodeState holder) {
        if (!turn.revision().equals(holder.target(cluster.revision()))) {
            return new Revoke(turn, "the desired revision has changed");
        }
        if (cluster.rollout().paused()) {
            return new Revoke(turn, "the rollout is paused");
        }
        if (cluster.hold().isPresent() && turn.revision().equals(cluster.revision())) {
            return new Revoke(turn, cluster.hold().get().message());
        }
        if (turn.issuedAt().plus(UNANSWERED).isBefore(cluster.now())) {
            return new Revoke(
                    turn,
                    "node " + turn.node() + " has not started its turn for " + UNANSWERED.toSeconds() + " s: "
                            + obstacle(holder).orElse(CHECK_AGENT));
        }
        var waiting = "waiting for node " + turn.node() + " to start its turn";
        return new Retain(
                turn,
                obstacle(holder)
                        .or(() -> Optional.of(CHECK_AGENT)
                                .filter(_ -> turn.issuedAt().plus(UNUSUAL).isBefore(cluster.now())))
                        .map(problem -> waiting + ": " + problem)
                        .orElse(waiting));
    }

    private static Optional<String> obstacle(NodeState holder) {
        return Optional.of(holder.message()).filter(message -> message.startsWith(TurnAcquisition.NOT_STARTED));
    }
}
