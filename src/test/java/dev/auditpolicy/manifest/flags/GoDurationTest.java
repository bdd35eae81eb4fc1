package dev.auditpolicy.manifest.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({"0,PT0S", "0s,PT0S", "70s,PT70S", "1m10s,PT70S", "1.5s,PT1.5S", "2h0m0.5s,PT2H0.5S", "300ms,PT0.3S"})
    void parsesWhatGoParses(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "70", "s", "1d", "+", "1 s", "1m10", "2562048h"})
    void rejectsWhatGoRejects(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessageContaining("'" + text + "'");
    }
}
