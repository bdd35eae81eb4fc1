package dev.auditpolicy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final EventBudget budget = new EventBudget(() -> now);

    @Test
    void grantsABurstAndThenOneAMinute() {
        assertThat(taken(100)).isEqualTo(EventBudget.BURST);
        now = now.plusSeconds(59);
        assertThat(taken(100)).isZero();
        now = now.plusSeconds(62);
        assertThat(taken(100)).isEqualTo(2);
    }

    @Test
    void accumulatesNoMoreThanABurst() {
        now = now.plusSeconds(86_400);
        assertThat(taken(100)).isEqualTo(EventBudget.BURST);
    }

    @Test
    void continuesAfterTheClockWasSetBack() {
        taken(100);
        now = now.minusSeconds(3600);
        assertThat(taken(100)).isZero();
        now = now.plusSeconds(60);
        assertThat(taken(100)).isEqualTo(1);
    }

    private int taken(int tries) {
        var granted = 0;
        for (var count = 0; count < tries; count++) {
            granted += budget.tryTake() ? 1 : 0;
        }
        return granted;
    }
}
