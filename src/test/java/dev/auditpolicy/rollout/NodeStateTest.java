package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStateTest {

    @Test
    void joinsUntilAProofOrATurnThatChangedSomething() {
        assertThat(NodeState.joins(false, Optional.empty())).isTrue();
        assertThat(NodeState.joins(false, Optional.of(outcome(Result.ABANDONED))))
                .isTrue();
        assertThat(NodeState.joins(false, Optional.of(outcome(Result.ROLLED_BACK))))
                .isFalse();
        assertThat(NodeState.joins(true, Optional.empty())).isFalse();
    }

    @Test
    void doesNotOfferItselfAgainForWhatHasFailed() {
        assertThat(Standing.DIFFERS.phase("new", Optional.of(outcome(Result.ROLLED_BACK))))
                .isEqualTo(Phase.ROLLED_BACK);
        assertThat(Standing.UNPROVEN.phase("new", Optional.of(outcome(Result.FAILED))))
                .isEqualTo(Phase.FAILED);
        assertThat(Standing.DIFFERS.phase("newer", Optional.of(outcome(Result.FAILED))))
                .isEqualTo(Phase.CHECKED);
        assertThat(Standing.DIFFERS.phase("new", Optional.of(outcome(Result.ABANDONED))))
                .isEqualTo(Phase.CHECKED);
    }

    private static TurnOutcome outcome(Result result) {
        return new TurnOutcome("t1", "new", 1, result, "2026-01-01T00:00:00Z", "", null);
    }
}
