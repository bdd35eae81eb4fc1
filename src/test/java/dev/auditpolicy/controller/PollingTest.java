package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.Decision.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PollingTest {

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WaitingForReadiness"})
    void reconcilesRarelyWhatCanLastForDays(Reason reason) {
        assertThat(Polling.interval(new Decision.Wait(reason, ""), false).orElse(Duration.ofMinutes(1)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Polling.interval(new Decision.Stall(reason, ""), true).orElse(Duration.ofMinutes(1)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void samplesReadinessWhileARolloutDependsOnIt() {
        assertThat(Polling.interval(new Decision.Wait(Reason.WaitingForReadiness, ""), false))
                .contains(Duration.ofSeconds(1));
        assertThat(Polling.interval(new Decision.Grant("cp1", "a", 1), false)).contains(Duration.ofSeconds(1));
    }

    @Test
    void doesNotPollWhenNothingIsLeftToDo() {
        assertThat(Polling.interval(new Decision.Complete(), false)).isEmpty();
        assertThat(Polling.interval(new Decision.Stall(Reason.RolledBack, ""), false))
                .isEmpty();
    }
}
