package dev.auditpolicy.agent.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartTimeTest {

    /** The medians of docs/benchmarks.md, rounded up. */
    @ParameterizedTest
    @CsvSource({"IN_PLACE, 3, 7", "IN_PLACE, 10, 14", "RECREATE, 3, 17", "RECREATE, 10, 17", "RECREATE, 60, 64"})
    void isAsMeasured(Strategy strategy, int graceSeconds, int expected) {
        assertThat(RestartTime.seconds(strategy, Duration.ofSeconds(graceSeconds)))
                .isEqualTo(expected);
    }
}
