package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStateTest {

    @Test
    void joinsUntilAProofOrATurnThatChangedTheNode() {
        assertThat(NodeState.joins("committed", false, Optional.empty())).isTrue();
        assertThat(NodeState.joins("committed", false, Optional.of(outcome(Result.ABANDONED))))
                .isTrue();
        assertThat(NodeState.joins("committed", false, Optional.of(outcome(Result.ROLLED_BACK))))
                .isFalse();
        assertThat(NodeState.joins("committed", true, Optional.empty())).isFalse();
    }

    @Test
    void joinsUntilTheProofOfTheCommittedRevisionThatItsTurnBrought() {
        var brought = new TurnOutcome(
                "t1", "committed", 1, Result.EFFECTIVE, Instant.parse("2026-01-01T00:00:00Z"), "", null);

        assertThat(NodeState.joins("committed", false, Optional.of(brought))).isTrue();
        assertThat(NodeState.joins("committed", true, Optional.of(brought))).isFalse();
        assertThat(NodeState.joins("another", false, Optional.of(brought))).isFalse();
    }

    @Test
    void isNotCheckedAgainForAFailedRevision() {
        assertThat(SyncState.OUT_OF_SYNC.phase("new", Optional.of(outcome(Result.ROLLED_BACK))))
                .isEqualTo(Phase.ROLLED_BACK);
        assertThat(SyncState.UNVERIFIED.phase("new", Optional.of(outcome(Result.FAILED))))
                .isEqualTo(Phase.FAILED);
        assertThat(SyncState.OUT_OF_SYNC.phase("newer", Optional.of(outcome(Result.FAILED))))
                .isEqualTo(Phase.CHECKED);
        assertThat(SyncState.OUT_OF_SYNC.phase("new", Optional.of(outcome(Result.ABANDONED))))
                .isEqualTo(Phase.CHECKED);
    }

    private static TurnOutcome outcome(Result result) {
        return new TurnOutcome("t1", "new", 1, result, Instant.parse("2026-01-01T00:00:00Z"), "", null);
    }
}
