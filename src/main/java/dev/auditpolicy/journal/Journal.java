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
 * The state that the agent keeps across its own restarts and those of its node.
 *
 * @param version of this format; an older release may ignore fields that a newer one adds without a new version
 * @param usedTurns ids of the turns that were started here, oldest first; none starts again, even if a restored etcd
 *     contains it
 * @param proven what the node's kube-apiserver was last verified to run, null before the first time
 * @param open the turn that was started and is not reported yet
 * @param last the outcome of the last reported turn, null before the first: a failure is remembered even if
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
        return new Journal(VERSION, List.of(), null, null, null);
    }

    /**
     * A turn that has started, with everything that it needs: later changes of the AuditNode do not affect it.
     *
     * @param beganAt RFC 3339
     * @param bootTime the same moment on the node's monotonic clock
     * @param images the files before and after, null until the agent is about to write the first of them
     * @param knownStarts the starts of kube-apiserver from before the first write
     * @param resumes how often an agent or guard has continued to apply the change
     * @param restart how kube-apiserver restarts, null if images is
     * @param rollbackReason why the change is rolled back, null while it is applied
     * @param rollbackCause null if rollbackReason is
     * @param outcome how the turn ended, null before that; it remains to be reported
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OpenTurn(
            Turn turn,
            AuditNodeSpec spec,
            @DateTime Instant beganAt,
            BootTime bootTime,
            @Nullable FileImages images,
            List<StartID> knownStarts,
            int resumes,
            @Nullable RestartChoice restart,
            @JsonAlias("undoReason") @Nullable String rollbackReason,
            RollbackReason.@Nullable Cause rollbackCause,
            @Nullable TurnOutcome outcome) {

        public OpenTurn {
            requireNonNull(turn, "turn is null");
            requireNonNull(spec, "spec is null");
            beganAt = requireNonNull(beganAt, "beganAt is null").truncatedTo(ChronoUnit.SECONDS);
            bootTime = bootTime == null ? BootTime.UNKNOWN : bootTime;
            knownStarts = knownStarts == null ? List.of() : List.copyOf(knownStarts);
            if (images != null && restart == null) {
                restart = new RestartChoice(Strategy.RECREATE, "started by a release that supports no other strategy");
            }
            if (rollbackReason != null && rollbackCause == null) {
                // Older releases recorded no cause. This one restores the policy first, which is safe for any cause: at
                // worst the manifest follows 13 s later.
                rollbackCause = RollbackReason.Cause.POLICY_ERROR;
            }
        }

        /** A turn that has changed nothing yet. */
        public static OpenTurn begun(Turn turn, AuditNodeSpec spec, Instant beganAt, BootTime bootTime) {
            return new OpenTurn(turn, spec, beganAt, bootTime, null, List.of(), 0, null, null, null, null);
        }

        /** This turn, about to write its files. */
        public OpenTurn writing(FileImages written, RestartChoice choice, List<StartID> starts) {
            return new OpenTurn(turn, spec, beganAt, bootTime, written, starts, 0, choice, null, null, null);
        }

        /** This turn, continued once more. */
        public OpenTurn resumed() {
            return with(resumes + 1, rollbackReason, rollbackCause, outcome);
        }

        /** This turn, rolling back. */
        public OpenTurn rollingBack(RollbackReason reason) {
            return with(resumes, reason.message(), reason.cause(), null);
        }

        OpenTurn ended(TurnOutcome how) {
            return with(resumes, rollbackReason, rollbackCause, how);
        }

        private OpenTurn with(
                int times, @Nullable String reason, RollbackReason.@Nullable Cause cause, @Nullable TurnOutcome how) {
            return new OpenTurn(turn, spec, beganAt, bootTime, images, knownStarts, times, restart, reason, cause, how);
        }

        /** The files of a turn that may have changed them. */
        public FileImages requireImages() {
            return requireNonNull(images, "the journal has no images of the files to restore");
        }

        /** Why the change is rolled back; empty while it is applied. */
        public Optional<RollbackReason> rollback() {
            return rollbackReason == null || rollbackCause == null
                    ? Optional.empty()
                    : Optional.of(new RollbackReason(rollbackCause, rollbackReason));
        }

        /** How the turn ended; empty while there is work on the node. */
        public Optional<TurnOutcome> end() {
            return Optional.ofNullable(outcome);
        }
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

    /** Whether this node has ever started {@code turnId}. */
    public boolean hasUsed(String turnId) {
        return usedTurns.contains(turnId);
    }

    /** This journal with {@code turn} started. */
    public Journal begin(OpenTurn turn) {
        var used = new ArrayList<>(usedTurns);
        used.add(turn.turn().id());
        return new Journal(
                version, used.subList(Math.max(0, used.size() - REMEMBERED_TURNS), used.size()), proven, turn, last);
    }

    /** This journal with the open turn replaced by {@code turn}. */
    public Journal with(OpenTurn turn) {
        return new Journal(version, usedTurns, proven, turn, last);
    }

    /** Whether there is work on the node: a turn has started and not ended. */
    public boolean hasWork() {
        return open != null && open.outcome() == null;
    }

    /** This journal after everything that this operator added was removed: no revision is verified. */
    public Journal restored() {
        return new Journal(version, usedTurns, null, open, last);
    }

    /** This journal without an open turn. */
    public Journal close() {
        return new Journal(
                version,
                usedTurns,
                proven,
                null,
                openTurn().flatMap(OpenTurn::end).orElse(last));
    }

    /** This journal with the open turn ended: it remains to be reported. */
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
