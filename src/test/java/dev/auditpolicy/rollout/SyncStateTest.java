package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncStateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant RECENTLY = NOW.minusSeconds(60);

    @Test
    void isCheckedAfterAnEdit() {
        var edit = Drift.first(Drift.Cause.EDITED, NOW);

        assertThat(outOfSync("new", ended(1, Result.EFFECTIVE, RECENTLY), Phase.EFFECTIVE, edit))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void isDriftedAfterASecondEditSoonAfterTheFirstWasReverted() {
        assertThat(outOfSync("new", ended(2, Result.EFFECTIVE, RECENTLY), Phase.EFFECTIVE))
                .isEqualTo(Phase.DRIFTED);
    }

    /** A single one, or kubeadm's rewrite of the manifest and then an edit. */
    @Test
    void isCheckedAfterAnEditThatNobodyHasMadeBefore() {
        var kubeadmAndAnEdit = Drift.first(Drift.Cause.REGENERATED, RECENTLY).next(Drift.Cause.EDITED, NOW);

        assertThat(outOfSync("new", ended(2, Result.EFFECTIVE, RECENTLY), Phase.EFFECTIVE, kubeadmAndAnEdit))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void isCheckedAfterASecondEditMuchLater() {
        var before = NOW.minus(SyncState.DELIBERATE_WITHIN);

        assertThat(outOfSync("new", ended(2, Result.EFFECTIVE, before), Phase.EFFECTIVE))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void staysDrifted() {
        var before = NOW.minus(SyncState.DELIBERATE_WITHIN.multipliedBy(10));

        assertThat(outOfSync("new", ended(2, Result.EFFECTIVE, before), Phase.DRIFTED))
                .isEqualTo(Phase.DRIFTED);
    }

    @Test
    void isCheckedForAnotherRevision() {
        assertThat(outOfSync("newer", ended(2, Result.EFFECTIVE, RECENTLY), null))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void isEffectiveOnceTheEditIsReverted() {
        assertThat(SyncState.IN_SYNC.phase(
                        "new",
                        Optional.of(ended(2, Result.EFFECTIVE, RECENTLY)),
                        Optional.of(Phase.DRIFTED),
                        Optional.empty(),
                        NOW))
                .isEqualTo(Phase.EFFECTIVE);
    }

    @Test
    void reportsAFailureRatherThanADrift() {
        assertThat(outOfSync("new", ended(2, Result.ROLLED_BACK, RECENTLY), null))
                .isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void isPendingWhileItWaitsOrIsUnverified() {
        assertThat(SyncState.WAITING.phase("new", Optional.empty())).isEqualTo(Phase.PENDING);
        assertThat(SyncState.UNVERIFIED.phase("new", Optional.empty())).isEqualTo(Phase.PENDING);
        assertThat(SyncState.WAITING.phase("new", Optional.of(ended(1, Result.FAILED, RECENTLY))))
                .isEqualTo(Phase.FAILED);
    }

    @Test
    void isRefusedWhateverHappenedBefore() {
        assertThat(SyncState.REJECTED.phase("new", Optional.of(ended(1, Result.FAILED, RECENTLY))))
                .isEqualTo(Phase.REFUSED);
    }

    private static Phase outOfSync(String revision, TurnOutcome last, Phase before) {
        return outOfSync(
                revision,
                last,
                before,
                Drift.first(Drift.Cause.EDITED, RECENTLY).next(Drift.Cause.EDITED, NOW));
    }

    private static Phase outOfSync(String revision, TurnOutcome last, Phase before, Drift drift) {
        return SyncState.OUT_OF_SYNC.phase(
                revision, Optional.of(last), Optional.ofNullable(before), Optional.of(drift), NOW);
    }

    private static TurnOutcome ended(int attempt, Result result, Instant at) {
        return new TurnOutcome("t1", "new", attempt, result, at, "", null);
    }
}
