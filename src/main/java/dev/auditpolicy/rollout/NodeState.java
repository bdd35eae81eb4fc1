package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one control-plane node.
 *
 * @param name name of the Node
 * @param report what its agent last said; empty until it has said anything
 * @param readySince since when its kube-apiserver has answered /readyz with 200 without a break, as far as the
 *     controller has seen; empty while it does not
 * @param joining the committed revision, for a node that was never proven to run any: it is brought to that one first,
 *     whatever is wanted beyond it
 */
public record NodeState(String name, Optional<Report> report, Optional<Instant> readySince, Optional<String> joining) {

    /** A node that has been proven to run some revision, or belongs to a cluster that has committed none. */
    public NodeState(String name, Optional<Report> report, Optional<Instant> readySince) {
        this(name, report, readySince, Optional.empty());
    }

    /**
     * Whether a node joins: nothing was ever proven there, and no turn was ever ended there but for one that changed
     * nothing or has brought the committed revision, of which the proof is then on its way. A node that has failed with the
     * committed revision gets the wanted one like all others, and an AuditNode that somebody deleted takes no node back to
     * the committed revision, since the agent remembers its last turn.
     *
     * @param committed the revision that every node was last proven to run
     * @param proven whether its kube-apiserver was ever proven to run a revision
     */
    public static boolean joins(String committed, boolean proven, Optional<TurnOutcome> lastTurn) {
        return !proven
                && lastTurn.filter(last -> !changedNothing(last) && !brought(committed, last))
                        .isEmpty();
    }

    private static boolean changedNothing(TurnOutcome last) {
        return last.result() == Result.ABANDONED;
    }

    private static boolean brought(String revision, TurnOutcome last) {
        return last.result() == Result.EFFECTIVE && last.revision().equals(revision);
    }

    /** The revision that the node is to run next, {@code wanted} being what the cluster is to run. */
    public String target(String wanted) {
        return joining.orElse(wanted);
    }

    /**
     * The part of an agent's status that the turn depends on.
     *
     * @param revision the revision that {@code phase} is about
     * @param activeTurnID id of the turn that the agent acts on
     * @param lastTurn the last turn that the agent has ended
     */
    public record Report(
            Phase phase,
            String revision,
            Optional<String> activeTurnID,
            Optional<TurnOutcome> lastTurn,
            String message) {}

    /** Whether the agent says {@code phase} of {@code revision}. */
    public boolean is(Phase phase, String revision) {
        return report.filter(said -> said.phase() == phase && said.revision().equals(revision))
                .isPresent();
    }

    /** Whether the node runs {@code revision}, or did when its turn ended: its files hold it. */
    public boolean isUpdatedTo(String revision) {
        return is(Phase.EFFECTIVE, revision)
                || lastTurn().filter(last -> brought(revision, last)).isPresent();
    }

    Optional<String> activeTurnID() {
        return report.flatMap(Report::activeTurnID);
    }

    Optional<TurnOutcome> lastTurn() {
        return report.flatMap(Report::lastTurn);
    }

    String message() {
        return report.map(Report::message).orElse("");
    }
}
