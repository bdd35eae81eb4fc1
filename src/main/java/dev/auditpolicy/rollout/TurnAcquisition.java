package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How an agent comes to its turn, one step at a time: each step names what is to be read or written next, and what was
 * read leads to the next. Two objects are involved, so neither side trusts a read that came before its own write: the
 * agent announces that it acts and then reads the turn again, the controller takes a turn back and then reads who acts
 * before it gives the next. At least one of them sees the other.
 */
public sealed interface TurnAcquisition {

    /**
     * A turn that is older was given by a controller that would have taken it back long ago ({@link
     * TurnPlanner#UNANSWERED}): it comes from a backup of etcd, which knows nothing of who acts now. Far more than the
     * clocks of two nodes differ by.
     */
    Duration OLDEST = Duration.ofMinutes(10);

    /**
     * The first step of the agent of {@code node}.
     *
     * @param checked the revision that it has Checked
     * @param wanted the revision that its AuditNode asks for, in the object that took the report: another one where a
     *     restored etcd has come to the same resourceVersion again
     */
    static TurnAcquisition of(String node, String checked, String wanted) {
        return checked.equals(wanted) ? new ReadTurn(node, checked) : new NotForThisNode();
    }

    /** Read the turn, from the API server itself. */
    record ReadTurn(String node, String revision) implements TurnAcquisition {

        /**
         * The turn was read.
         *
         * @param used whether a turn of that id was ever begun on this node
         */
        public TurnAcquisition read(Optional<Turn> given, Predicate<String> used, Instant now) {
            return given.filter(turn -> turn.node().equals(node))
                    .filter(turn -> turn.revision().equals(revision))
                    .filter(turn -> !used.test(turn.id()))
                    .map(turn -> isOld(turn, now) ? new TooOld(turn) : new LookAround(turn))
                    .orElseGet(NotForThisNode::new);
        }
    }

    /** Look at every control-plane node. */
    record LookAround(Turn turn) implements TurnAcquisition {

        /** The nodes were seen. */
        public TurnAcquisition seen(List<Seen> nodes) {
            return isQuiet(turn, nodes) ? new Announce(turn) : new NotNow();
        }
    }

    /** Write into the status of the own AuditNode that the turn is acted on, unless the AuditNode has changed. */
    record Announce(Turn turn) implements TurnAcquisition {

        /** It was written. */
        public TurnAcquisition announced() {
            return new ReadTurnAgain(turn);
        }
    }

    /** Read the turn once more, from the API server itself. */
    record ReadTurnAgain(Turn turn) implements TurnAcquisition {

        /** The turn was read. */
        public TurnAcquisition read(Optional<Turn> given, Instant now) {
            if (given.filter(turn::equals).isEmpty()) {
                return new NotForThisNode();
            }
            return isOld(turn, now) ? new TooOld(turn) : new LookAroundAgain(turn);
        }
    }

    /**
     * Look at every control-plane node once more, this one included: an etcd that was restored, or an AuditNode that was
     * deleted in the meantime, does not know what was announced.
     */
    record LookAroundAgain(Turn turn) implements TurnAcquisition {

        /** The nodes were seen. */
        public TurnAcquisition seen(List<Seen> nodes) {
            var announced = nodes.stream()
                    .filter(node -> node.name().equals(turn.node()))
                    .anyMatch(node ->
                            node.activeTurnID().filter(turn.id()::equals).isPresent());
            return announced && isQuiet(turn, nodes) ? new Begin(turn) : new NotNow();
        }
    }

    /** Record the turn on disk, and only then begin it. */
    record Begin(Turn turn) implements TurnAcquisition {}

    /** The turn is not this node's, or not for what it has Checked, or was used before, or is gone. */
    record NotForThisNode() implements TurnAcquisition {}

    /** The turn is meant, and was given so long ago that it is left to the controller to take it back. */
    record TooOld(Turn turn) implements TurnAcquisition {}

    /** The turn is meant, and a kube-apiserver of the cluster is not ready or another node acts. */
    record NotNow() implements TurnAcquisition {}

    /**
     * A control-plane node that has an AuditNode.
     *
     * @param ready whether its kube-apiserver answers /readyz with 200; not so when nobody has told where it is
     * @param activeTurnID id of the turn that it says it acts on
     */
    record Seen(String name, boolean ready, Optional<String> activeTurnID) {}

    private static boolean isQuiet(Turn turn, List<Seen> nodes) {
        return nodes.stream()
                .allMatch(node -> node.ready()
                        && (node.name().equals(turn.node())
                                || node.activeTurnID().isEmpty()));
    }

    private static boolean isOld(Turn turn, Instant now) {
        return turn.issuedAt().plus(OLDEST).isBefore(now);
    }
}
