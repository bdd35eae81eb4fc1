package dev.auditpolicy.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state that the agent keeps across its own restarts and those of its node.
 *
 * @param version of this format; an older release may ignore fields that a newer one adds without a new version
 * @param usedTurns ids of the turns that were started here, oldest first; none starts again, even if a restored etcd
 *     contains it
 * @param proven what the node's kube-apiserver was last verified to run, null before the first time
 * @param open the turn that was started and is not reported yet
 * @param last the outcome of the last reported turn, null before the first: a failure is remembered even if
 *     the AuditNode is deleted or etcd is restored
 * @param originals what takeovers on this node have replaced, null if none has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Journal(
        int version,
        List<String> usedTurns,
        @Nullable AuditNodeSpec proven,
        @Nullable OpenTurn open,
        @Nullable TurnOutcome last,
        @Nullable Originals originals) {

    private static final int VERSION = 1;

    /** More than a node receives between two backups of etcd, and small enough to read at each start. */
    private static final int REMEMBERED_TURNS = 1000;

    public Journal {
        if (version != VERSION) {
            throw new IllegalArgumentException("journal version " + version + " is not " + VERSION
                    + ": another release of the agent wrote it; run that release until its turn has ended");
        }
        usedTurns = usedTurns == null ? List.of() : List.copyOf(usedTurns);
    }

    /** The journal of a node that has started no turn. */
    public static Journal empty() {
        return new Journal(VERSION, List.of(), null, null, null, null);
    }

    /** The turn that has started and is not reported yet. */
    public Optional<OpenTurn> openTurn() {
        return Optional.ofNullable(open);
    }

    /** The outcome of the last reported turn. */
    public Optional<TurnOutcome> lastTurn() {
        return Optional.ofNullable(last);
    }

    /** What the node's kube-apiserver was last verified to run. */
    public Optional<AuditNodeSpec> lastProven() {
        return Optional.ofNullable(proven);
    }

    /** What giving this node back restores: that of a turn that is changing it, else that of the turns before. */
    public Optional<Originals> currentOriginals() {
        return openTurn().filter(_ -> hasWork()).flatMap(OpenTurn::replaced).or(() -> Optional.ofNullable(originals));
    }

    /** What a takeover has kept, so that the node was last proven with it. */
    public Optional<Originals> keptOriginals() {
        return Optional.ofNullable(originals).filter(Originals::areKept);
    }

    /** Whether this node has ever started {@code turnId}. */
    public boolean hasUsed(String turnId) {
        return usedTurns.contains(turnId);
    }

    /** This journal with {@code turn} started. */
    public Journal begin(OpenTurn turn) {
        var used = new ArrayList<>(usedTurns);
        used.add(turn.turn().id());
        return new Journal(
                version,
                used.subList(Math.max(0, used.size() - REMEMBERED_TURNS), used.size()),
                proven,
                turn,
                last,
                originals);
    }

    /** This journal with the open turn replaced by {@code turn}. */
    public Journal with(OpenTurn turn) {
        return new Journal(version, usedTurns, proven, turn, last, originals);
    }

    /** What the open turn has taken out of the node, if that is what it did: files of ours may be left. */
    public Optional<AuditNodeSpec> takenOut() {
        return openTurn()
                .filter(open -> open.end()
                        .filter(how -> how.result() == Result.EFFECTIVE)
                        .isPresent())
                .map(OpenTurn::spec)
                .filter(AuditNodeSpec::restores);
    }

    /** Whether there is work on the node: a turn has started and not ended. */
    public boolean hasWork() {
        return open != null && open.outcome() == null;
    }

    /** This journal after everything that this operator added was removed: no revision is verified. */
    public Journal restored() {
        return new Journal(version, usedTurns, null, open, last, null);
    }

    /** This journal without an open turn. */
    public Journal close() {
        return new Journal(
                version,
                usedTurns,
                proven,
                null,
                openTurn().flatMap(OpenTurn::end).orElse(last),
                originals);
    }

    /** This journal with the open turn ended: it remains to be reported. */
    public Journal ended(TurnOutcome outcome) {
        var ending = openTurn().orElseThrow();
        var isEffective = outcome.result() == Result.EFFECTIVE;
        if (isEffective && ending.spec().restores()) {
            return new Journal(version, usedTurns, null, ending.ended(outcome), last, null);
        }
        return new Journal(
                version,
                usedTurns,
                isEffective ? ending.proven() : proven,
                ending.ended(outcome),
                last,
                isEffective ? ending.replaced().orElse(originals == null ? null : originals.replaced()) : originals);
    }
}
