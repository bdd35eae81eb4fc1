package dev.auditpolicy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.telemetry.Family.Kind;
import dev.auditpolicy.telemetry.Family.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void writesHelpTypeAndSamples() {
        assertThat(Exposition.text(List.of(
                        new Family(
                                "a_total", Kind.COUNTER, "Counts.", List.of(new Sample(Map.of("z", "1", "b", "2"), 3))),
                        Family.gauge("b_seconds", "Takes.", 0.25))))
                .isEqualTo("""
                        # HELP a_total Counts.
                        # TYPE a_total counter
                        a_total{b="2",z="1"} 3
                        # HELP b_seconds Takes.
                        # TYPE b_seconds gauge
                        b_seconds 0.25
                        """);
    }

    @Test
    void escapesLabelsAndHelp() {
        assertThat(Exposition.text(List.of(Family.info("x", "a\\b\nc", "label", Optional.of("q\"\\\n")))))
                .isEqualTo("# HELP x a\\\\b\\nc\n# TYPE x gauge\nx{label=\"q\\\"\\\\\\n\"} 1\n");
    }

    @Test
    void writesTimesWithoutAnExponent() {
        assertThat(Exposition.text(List.of(Family.time("t", "T.", Optional.of(Instant.parse("2026-01-01T00:00:00Z"))))))
                .endsWith("t 1767225600\n");
        assertThat(Exposition.text(
                        List.of(Family.time("t", "T.", Optional.of(Instant.parse("2026-01-01T00:00:00.25Z"))))))
                .endsWith("t 1767225600.25\n");
    }

    @Test
    void writesNoSampleForAnUnknownValue() {
        assertThat(Exposition.text(List.of(Family.time("t", "T.", Optional.empty()))))
                .isEqualTo("# HELP t T.\n# TYPE t gauge\n");
    }
}
