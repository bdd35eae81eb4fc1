package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogChangeTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static LogStatus truncated(Instant time) {
        return new LogStatus("/var/log/audit/audit.log", 0L, null, 0L, null, List.of(), null).truncated(time);
    }

    @Test
    void repeatsATruncationForAnHour() {
        assertThat(LogChange.recent(truncated(NOW.minus(Duration.ofMinutes(59))), NOW))
                .isPresent();
        assertThat(LogChange.recent(truncated(NOW.minus(Duration.ofHours(1))), NOW))
                .isEmpty();
    }

    /** By a clock that was wrong. It would be repeated for ever. */
    @Test
    void doesNotRepeatOneFromTheFuture() {
        assertThat(LogChange.recent(truncated(Instant.parse("9999-12-31T23:59:59Z")), NOW))
                .isEmpty();
    }
}
