package dev.auditpolicy.rollout;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.Decision.Grant;
import dev.auditpolicy.rollout.Decision.Reason;
import dev.auditpolicy.rollout.Decision.Stall;
import dev.auditpolicy.rollout.Decision.Wait;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides which node has the cluster's one turn. */
public final class TurnPlanner {

    /** The message of such a node tells only what happened before. */
    private static final String ROLLED_BACK = "rolled back, so that it runs what it ran before: ";

    /** What to do. The same state always gives the same decision. */
    public Decision decide(ClusterState cluster) {
        return cluster.turn()
                .map(turn -> new GrantedTurn(cluster, turn).decide(TurnPlanner::withoutTurn))
                .orElseGet(() -> withoutTurn(cluster));
    }

    private static Decision withoutTurn(ClusterState cluster) {
        var revision = cluster.revision();
        if (cluster.nodes().isEmpty()) {
            return new Wait(
                    Reason.NoControlPlaneNodes,
                    "no Node is labelled node-role.kubernetes.io/control-plane, and no host is enrolled"
                            + (cluster.unmanaged().isEmpty()
                                    ? ""
                                    : "; " + unmanaged(cluster).message()));
        }
        var acting = names(cluster.members(), node -> node.activeTurnID().isPresent());
        if (!acting.isEmpty()) {
            return new Wait(Reason.TurnInProgress, "node " + acting + " still acts on an earlier turn");
        }
        var held = inPhase(cluster, Phase.HELD);
        if (!held.isEmpty()) {
            // A node that needs somebody is not hidden by one that waits for somebody.
            return stalled(cluster).orElseGet(() -> new Wait(Reason.NodeHeld, describe(held)));
        }
        var joiningNodes = joiningNodes(cluster);
        if (!joiningNodes.isEmpty()) {
            return grant(cluster, joiningNodes);
        }
        var repairs = repairs(cluster);
        if (!repairs.isEmpty()) {
            return grant(cluster, repairs);
        }
        return stalled(cluster).or(() -> unverified(cluster)).orElseGet(() -> {
            var pending = cluster.nodes().stream()
                    .filter(node -> !node.isDone(revision))
                    .toList();
            return pending.isEmpty() ? everyNodeEffective(cluster) : next(cluster, pending);
        });
    }

    /**
     * Nodes to bring to the committed revision now, even if a newer one is stalled. A joining node that cannot run it
     * does not delay the others.
     */
    private static List<NodeState> joiningNodes(ClusterState cluster) {
        return cluster.nodes().stream()
                .filter(node -> node.joining()
                        .filter(committed -> !committed.equals(cluster.revision()))
                        .filter(committed -> node.is(Phase.CHECKED, committed))
                        .isPresent())
                .toList();
    }

    /**
     * Nodes that were brought to the revision before and differ again, while somebody has also changed another node in a way
     * that the operator leaves in place or cannot revert. They must not stay unaudited until that is settled. Without such a
     * node, they get their turn as all others do.
     */
    private static List<NodeState> repairs(ClusterState cluster) {
        var revision = cluster.revision();
        var isBlocked = !inPhase(cluster, Phase.DRIFTED).isEmpty()
                || !inPhase(cluster, Phase.REFUSED).isEmpty();
        return inPhase(cluster, Phase.CHECKED).stream()
                .filter(node -> isBlocked && node.isUpdatedTo(revision))
                .toList();
    }

    private static Optional<Decision> stalled(ClusterState cluster) {
        return stalled(cluster, Phase.FAILED, Reason.TurnFailed)
                .or(() -> stalled(cluster, Phase.REFUSED, Reason.NodeRefused))
                .or(() -> stalled(cluster, Phase.ROLLED_BACK, Reason.RolledBack, ROLLED_BACK))
                .or(() -> stalled(cluster, Phase.DRIFTED, Reason.NodeDrifted));
    }

    /** A node that was repaired by hand is not tried again by itself. */
    private static String next(Phase phase) {
        return phase == Phase.FAILED
                ? "; once the node is well, change the AuditPolicy: only a new generation is tried"
                : "";
    }

    private static Optional<Decision> stalled(ClusterState cluster, Phase phase, Reason reason) {
        return stalled(cluster, phase, reason, "");
    }

    private static Optional<Decision> stalled(ClusterState cluster, Phase phase, Reason reason, String state) {
        var nodes = inPhase(cluster, phase);
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stall(reason, state + describe(nodes) + next(phase)));
    }

    /** For example, if the log does not contain what the policy requires. No change and no check is under way there. */
    private static Optional<Decision> unverified(ClusterState cluster) {
        var nodes = cluster.nodes().stream()
                .filter(node -> node.isUnverified(cluster.revision(), cluster.rollout(), cluster.now()))
                .toList();
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stall(
                        Reason.NotVerified,
                        "not verified within " + cluster.rollout().verifyTimeoutSeconds()
                                + " s, although the files contain this revision: " + describe(nodes)));
    }

    private static List<NodeState> inPhase(ClusterState cluster, Phase phase) {
        return cluster.nodes().stream()
                .filter(node -> node.is(phase, cluster.revision()))
                .toList();
    }

    private static String describe(List<NodeState> nodes) {
        return nodes.stream()
                .map(node -> "node " + node.name() + ": " + node.message())
                .collect(joining("; "));
    }

    private static Decision everyNodeEffective(ClusterState cluster) {
        return cluster.unmanaged().isEmpty() ? new Decision.Complete() : unmanaged(cluster);
    }

    private static Wait unmanaged(ClusterState cluster) {
        return new Wait(
                Reason.UnmanagedAPIServer,
                "kube-apiserver on host " + String.join(", ", cluster.unmanaged())
                        + " has no Node labelled node-role.kubernetes.io/control-plane: label its Node (if there is none, restart"
                        + " kubelet on that host to register it), enroll a host that has no kubelet (auditpolicy enroll "
                        + cluster.unmanaged().getFirst() + "), or stop it");
    }

    private static Decision next(ClusterState cluster, List<NodeState> pending) {
        var waiting = pending.stream().filter(node -> !node.isPassedOver()).toList();
        var missing = cluster.nodes().stream()
                .filter(node -> node.missingAgent().isPresent())
                .toList();
        if (waiting.isEmpty() || !missing.stream().allMatch(NodeState::isPassedOver)) {
            return new Wait(
                    Reason.AgentMissing,
                    missing.stream()
                            .map(NodeState::missingAgent)
                            .flatMap(Optional::stream)
                            .collect(joining("; ")));
        }
        var revision = cluster.revision();
        var unchecked = cluster.nodes().stream()
                .filter(node -> !node.isPassedOver())
                .filter(node -> !node.is(Phase.CHECKED, revision) && !node.isDone(revision))
                .map(node -> node.is(Phase.PENDING, revision) ? node.name() + " (" + node.message() + ")" : node.name())
                .sorted()
                .collect(joining(", "));
        if (!unchecked.isEmpty()) {
            return new Wait(
                    Reason.Checking,
                    "waiting for the agents of these nodes to check or verify this revision: " + unchecked);
        }
        return cluster.hold().isPresent() && !cluster.rollout().paused()
                ? cluster.hold().get()
                : grant(cluster, waiting);
    }

    private static Decision grant(ClusterState cluster, List<NodeState> pending) {
        if (cluster.rollout().paused()) {
            return new Wait(Reason.Paused, "spec.rollout.paused is true");
        }
        if (!cluster.unmanaged().isEmpty()) {
            return unmanaged(cluster);
        }
        var unsettled = cluster.nodes().stream()
                .filter(node -> !node.isPassedOver())
                .filter(node -> !node.isSettled(cluster.rollout(), cluster.now()))
                .sorted(comparing(NodeState::name))
                .map(node -> node.name() + " (" + node.readiness().describe() + ")")
                .collect(joining(", "));
        if (!unsettled.isEmpty()) {
            return new Wait(
                    Reason.WaitingForReadiness,
                    "waiting for every kube-apiserver to be ready for "
                            + cluster.rollout().minReadySeconds() + " s: node " + unsettled);
        }
        var node = pending.stream()
                .min(controllerNodeLast(cluster).thenComparing(NodeState::name))
                .orElseThrow();
        var revision = node.target(cluster.revision());
        return node.retryAt(revision, cluster.now())
                .filter(cluster.now()::isBefore)
                .<Decision>map(at -> new Wait(
                        Reason.TurnAbandoned,
                        "node " + node.name() + " changed nothing in its last turn ("
                                + node.lastTurn().map(TurnOutcome::message).orElse("") + "); the next one follows at "
                                + at.truncatedTo(ChronoUnit.SECONDS)))
                .orElseGet(() -> grant(node, revision));
    }

    private static Grant grant(NodeState node, String revision) {
        return new Grant(node.name(), revision, attempt(node, revision));
    }

    private static Comparator<NodeState> controllerNodeLast(ClusterState cluster) {
        return comparing(
                node -> cluster.controllerNode().filter(node.name()::equals).isPresent());
    }

    private static int attempt(NodeState node, String revision) {
        return node.lastTurn()
                .filter(last -> last.revision().equals(revision))
                .map(TurnOutcome::attempt)
                // An odd status may contain the greatest number.
                .map(last -> Math.min(last, Integer.MAX_VALUE - 1) + 1)
                .orElse(1);
    }

    private static String names(Stream<NodeState> nodes, Predicate<NodeState> condition) {
        return nodes.filter(condition).map(NodeState::name).sorted().collect(joining(", "));
    }
}
