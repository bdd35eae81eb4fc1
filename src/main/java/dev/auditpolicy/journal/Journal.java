package dev.auditpolicy.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.DateTime;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent must remember over a restart of itself or of its node.
 *
 * @param version of this format; fields that a release adds without a new version may be ignored by an older one
 * @param usedTurns ids of the turns that were begun here, oldest first; none is begun again, also when a restored etcd
 *     shows it again
 * @param proven what the node's kube-apiserver was last proven to run, null before the first time
 * @param open the turn that is begun and not reported yet
 * @param last how the last turn that was reported ended, null before the first: what failed here is not forgotten when
 *     the AuditNode is deleted or etcd is restored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Journal(
        int version,
        List<String> usedTurns,
        @Nullable AuditNodeSpec proven,
        @Nullable OpenTurn open,
        @Nullable TurnOutcome last) {

    private static final int VERSION = 1;

    /** More than a node sees between two backups of etcd, and small enough to read at every start. */
    private static final int REMEMBERED_TURNS = 1000;

    public Journal {
        if (version != VERSION) {
            throw new IllegalArgumentException("journal version " + version + " is not " + VERSION
                    + ": it was written by another release of the agent; run that release to end what it began");
        }
        usedTurns = usedTurns == null ? List.of() : List.copyOf(usedTurns);
    }

    /** The journal of a node where no turn was begun. */
    public static Journal empty() {
        return new Journal(VERSION, List.of(), null, null, null);
    }

    /**
     * A turn that is under way, with all that it needs: what is wanted later does not change it.
     *
     * @param images the files before and after, null until the first of them is about to be written
     * @param restart how kube-apiserver is restarted, null as long as images is
     * @param rollbackReason why the change is being taken back, null while it goes forward
     * @param outcome how it ended, null before; what is left is to report it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OpenTurn(
            Turn turn,
            AuditNodeSpec spec,
            @DateTime Instant beganAt,
            @Nullable Images images,
            @Nullable RestartChoice restart,
            @JsonAlias("undoReason") @Nullable String rollbackReason,
            @Nullable TurnOutcome outcome) {

        public OpenTurn {
            requireNonNull(turn, "turn is null");
            requireNonNull(spec, "spec is null");
            beganAt = requireNonNull(beganAt, "beganAt is null").truncatedTo(ChronoUnit.SECONDS);
            if (images != null && restart == null) {
                restart = new RestartChoice(Strategy.RECREATE, "begun by a release that knew no other way");
            }
        }

        /** A turn of which nothing has been done. */
        public static OpenTurn begun(Turn turn, AuditNodeSpec spec, Instant beganAt) {
            return new OpenTurn(turn, spec, beganAt, null, null, null, null);
        }

        /** This turn, about to write. */
        public OpenTurn writing(Images written, RestartChoice choice) {
            return new OpenTurn(turn, spec, beganAt, written, choice, null, null);
        }

        /** This turn, to be taken back. */
        public OpenTurn rollingBack(String reason) {
            return new OpenTurn(turn, spec, beganAt, images, restart, reason, null);
        }

        OpenTurn ended(TurnOutcome how) {
            return new OpenTurn(turn, spec, beganAt, images, restart, rollbackReason, how);
        }

        /** Why the change is being taken back. */
        public Optional<String> rollback() {
            return Optional.ofNullable(rollbackReason);
        }

        /** How it ended; empty while there is something to do on the node. */
        public Optional<TurnOutcome> end() {
            return Optional.ofNullable(outcome);
        }
    }

    /**
     * The two files of a turn.
     *
     * @param policyBefore null when there was none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Images(
            @Nullable FileImage policyBefore,
            FileImage policyAfter,
            FileImage manifestBefore,
            FileImage manifestAfter) {

        public Images {
            requireNonNull(policyAfter, "policyAfter is null");
            requireNonNull(manifestBefore, "manifestBefore is null");
            requireNonNull(manifestAfter, "manifestAfter is null");
        }
    }

    /** The turn that is under way. */
    public Optional<OpenTurn> openTurn() {
        return Optional.ofNullable(open);
    }

    /** How the last turn that was reported ended. */
    public Optional<TurnOutcome> lastTurn() {
        return Optional.ofNullable(last);
    }

    /** What the node's kube-apiserver was last proven to run. */
    public Optional<AuditNodeSpec> lastProven() {
        return Optional.ofNullable(proven);
    }

    /** Whether {@code turnId} was begun here before. */
    public boolean hasUsed(String turnId) {
        return usedTurns.contains(turnId);
    }

    /** This journal with {@code turn} begun. */
    public Journal begin(OpenTurn turn) {
        var used = new ArrayList<>(usedTurns);
        used.add(turn.turn().id());
        return new Journal(
                version, used.subList(Math.max(0, used.size() - REMEMBERED_TURNS), used.size()), proven, turn, last);
    }

    /** This journal with the turn that is under way further on. */
    public Journal with(OpenTurn turn) {
        return new Journal(version, usedTurns, proven, turn, last);
    }

    /** Whether there is something to do on the node: a turn is under way and has not ended. */
    public boolean hasWork() {
        return open != null && open.outcome() == null;
    }

    /** This journal after a human has taken out all that is ours: nothing is proven any longer. */
    public Journal restored() {
        return new Journal(version, usedTurns, null, open, last);
    }

    /** This journal with no turn under way. */
    public Journal close() {
        return new Journal(
                version,
                usedTurns,
                proven,
                null,
                openTurn().flatMap(OpenTurn::end).orElse(last));
    }

    /** This journal with the turn that is under way ended: it is only to be reported. */
    public Journal ended(TurnOutcome outcome) {
        var ending = openTurn().orElseThrow();
        return new Journal(
                version,
                usedTurns,
                outcome.result() == Result.EFFECTIVE ? ending.spec() : proven,
                ending.ended(outcome),
                last);
    }
}
