package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How an agent acquires its turn, step by step: each step names what to read or write next, and its result is the next
 * step. Two objects are involved, so neither side trusts a read from before its own write: the agent announces that it
 * acts and then reads the turn again; the controller revokes a turn and then reads who acts before it grants the next.
 * At least one of them sees the other's write.
 */
public sealed interface TurnAcquisition {

    /**
     * A controller revokes an unanswered turn long before this age ({@link GrantedTurn#UNANSWERED}), so an older turn
     * comes from a restored etcd, which has no record of who acts now. Clocks of two nodes differ by far less.
     */
    Duration OLDEST = Duration.ofMinutes(10);

    /** Starts the message of a node that has a turn and cannot start it. */
    String NOT_STARTED = "turn not started: ";

    /**
     * The first step of the agent of {@code node}.
     *
     * @param checked the revision that the agent has Checked
     * @param desired the revision in the AuditNode's spec, of the object that its report was written to: a different one
     *     where a restored etcd has reached the same resourceVersion again
     */
    static TurnAcquisition of(String node, String checked, String desired) {
        return checked.equals(desired) ? new ReadTurn(node, checked) : new NotForThisNode();
    }

    /** Read the turn, uncached. */
    record ReadTurn(String node, String revision) implements TurnAcquisition {

        /**
         * The turn was read.
         *
         * @param used whether this node has ever started the turn with an id
         */
        public TurnAcquisition read(Optional<Turn> current, Predicate<String> used, Instant now) {
            return current.filter(turn -> turn.node().equals(node))
                    .filter(turn -> turn.revision().equals(revision))
                    .filter(turn -> !used.test(turn.id()))
                    .map(turn -> isOld(turn, now) ? new TooOld(turn) : new CheckNodes(turn))
                    .orElseGet(NotForThisNode::new);
        }
    }

    /** Check every control-plane node. */
    record CheckNodes(Turn turn) implements TurnAcquisition {

        /** The nodes were checked. */
        public TurnAcquisition checked(List<ObservedNode> nodes) {
            return isStable(turn, nodes) ? new Announce(turn) : new NotNow();
        }
    }

    /** Write to the status of this node's AuditNode that it acts on the turn, unless the AuditNode has changed. */
    record Announce(Turn turn) implements TurnAcquisition {

        /** The status was written. */
        public TurnAcquisition announced() {
            return new ReadTurnAgain(turn);
        }
    }

    /** Read the turn again, uncached. */
    record ReadTurnAgain(Turn turn) implements TurnAcquisition {

        /** The turn was read. */
        public TurnAcquisition read(Optional<Turn> current, Instant now) {
            if (current.filter(turn::equals).isEmpty()) {
                return new NotForThisNode();
            }
            return isOld(turn, now) ? new TooOld(turn) : new CheckNodesAgain(turn);
        }
    }

    /**
     * Check every control-plane node again, including this one: after a restore of etcd, or if the
     * AuditNode was deleted, the announcement is lost.
     */
    record CheckNodesAgain(Turn turn) implements TurnAcquisition {

        /** The nodes were checked. */
        public TurnAcquisition checked(List<ObservedNode> nodes) {
            var announced = nodes.stream()
                    .filter(node -> node.name().equals(turn.node()))
                    .anyMatch(node ->
                            node.activeTurnID().filter(turn.id()::equals).isPresent());
            return announced && isStable(turn, nodes) ? new Begin(turn) : new NotNow();
        }
    }

    /** Record the turn on disk, and only then start it. */
    record Begin(Turn turn) implements TurnAcquisition {}

    /** There is no turn for this node and the revision that it has Checked, or it was used before. */
    record NotForThisNode() implements TurnAcquisition {}

    /** The turn is for this node, and so old that it waits for the controller to revoke it. */
    record TooOld(Turn turn) implements TurnAcquisition {}

    /** The turn is for this node, and a kube-apiserver of the cluster is not ready or another node acts on a turn. */
    record NotNow() implements TurnAcquisition {}

    /**
     * A control-plane node that has an AuditNode.
     *
     * @param ready whether its kube-apiserver answers /readyz with 200; false while its address is unknown
     * @param activeTurnID id of the turn that it acts on according to its status
     */
    record ObservedNode(String name, boolean ready, Optional<String> activeTurnID) {}

    private static boolean isStable(Turn turn, List<ObservedNode> nodes) {
        return nodes.stream()
                .allMatch(node -> node.ready()
                        && (node.name().equals(turn.node())
                                || node.activeTurnID().isEmpty()));
    }

    private static boolean isOld(Turn turn, Instant now) {
        return turn.issuedAt().plus(OLDEST).isBefore(now);
    }
}
