package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncStateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATELY = NOW.minusSeconds(60);

    @Test
    void offersItselfWhenItWasChangedAfterItsRollout() {
        assertThat(differing("new", ended(1, Result.EFFECTIVE, LATELY), Phase.EFFECTIVE))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void isLeftAsItIsWhenItIsChangedAgainSoonAfterItWasPutBack() {
        assertThat(differing("new", ended(2, Result.EFFECTIVE, LATELY), Phase.EFFECTIVE))
                .isEqualTo(Phase.DRIFTED);
    }

    @Test
    void offersItselfWhenItIsChangedAgainMuchLater() {
        var before = NOW.minus(SyncState.DELIBERATE_WITHIN);

        assertThat(differing("new", ended(2, Result.EFFECTIVE, before), Phase.EFFECTIVE))
                .isEqualTo(Phase.CHECKED);
    }

    @Test
    void staysAsItIsHoweverLongThatIs() {
        var before = NOW.minus(SyncState.DELIBERATE_WITHIN.multipliedBy(10));

        assertThat(differing("new", ended(2, Result.EFFECTIVE, before), Phase.DRIFTED))
                .isEqualTo(Phase.DRIFTED);
    }

    @Test
    void offersItselfForAnotherRevision() {
        assertThat(differing("newer", ended(2, Result.EFFECTIVE, LATELY), null)).isEqualTo(Phase.CHECKED);
    }

    @Test
    void isInEffectAgainOnceItWasPutBackByHand() {
        assertThat(SyncState.IN_SYNC.phase(
                        "new", Optional.of(ended(2, Result.EFFECTIVE, LATELY)), Optional.of(Phase.DRIFTED), NOW))
                .isEqualTo(Phase.EFFECTIVE);
    }

    @Test
    void tellsAFailureRatherThanADrift() {
        assertThat(differing("new", ended(2, Result.ROLLED_BACK, LATELY), null)).isEqualTo(Phase.ROLLED_BACK);
    }

    private static Phase differing(String revision, TurnOutcome last, Phase before) {
        return SyncState.OUT_OF_SYNC.phase(revision, Optional.of(last), Optional.ofNullable(before), NOW);
    }

    private static TurnOutcome ended(int attempt, Result result, Instant at) {
        return new TurnOutcome("t1", "new", attempt, result, at, "", null);
    }
}
