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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param originals those of the node if this turn succeeds, null if it takes nothing over
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
        @Nullable TurnOutcome outcome,
        @Nullable Originals originals) {

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
        return new OpenTurn(turn, spec, beganAt, bootTime, null, List.of(), 0, null, null, null, null, null);
    }

    /** This turn, about to write its files. */
    public OpenTurn writing(FileImages written, RestartChoice choice, List<StartID> starts) {
        return new OpenTurn(turn, spec, beganAt, bootTime, written, starts, 0, choice, null, null, null, originals);
    }

    /** This turn, which takes over a node that has {@code replaced}; null if it takes nothing over. */
    public OpenTurn takingOver(@Nullable Originals replaced) {
        return new OpenTurn(
                turn,
                spec,
                beganAt,
                bootTime,
                images,
                knownStarts,
                resumes,
                restart,
                rollbackReason,
                rollbackCause,
                outcome,
                replaced);
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
        return new OpenTurn(
                turn, spec, beganAt, bootTime, images, knownStarts, times, restart, reason, cause, how, originals);
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

    /** What this turn takes over. */
    public Optional<Originals> replaced() {
        return Optional.ofNullable(originals);
    }

    AuditNodeSpec proven() {
        return originals == null ? spec : originals.proven(spec);
    }

    /** How the turn ended; empty while there is work on the node. */
    public Optional<TurnOutcome> end() {
        return Optional.ofNullable(outcome);
    }
}
