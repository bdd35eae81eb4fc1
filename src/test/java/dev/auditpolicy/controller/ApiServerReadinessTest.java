package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.rollout.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerReadinessTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private Optional<String> problem = Optional.empty();
    private final ApiServerReadiness readiness = new ApiServerReadiness(_ -> problem, () -> now);

    @Test
    void countsFromTheStartOfTheProcessForAControllerThatHasJustStarted() {
        assertThat(readiness.probe("cp1", startedAt(START.minusSeconds(600))))
                .isEqualTo(new Readiness.Ready(START.minusSeconds(600)));
    }

    @Test
    void countsFromTheFirstSuccessAfterAFailure() {
        var server = startedAt(START.minusSeconds(600));
        problem = Optional.of("refused");
        assertThat(readiness.probe("cp1", server)).isEqualTo(new Readiness.NotReady("refused"));
        problem = Optional.empty();
        now = START.plusSeconds(3);
        readiness.probe("cp1", server);
        now = START.plusSeconds(9);

        assertThat(readiness.probe("cp1", server)).isEqualTo(new Readiness.Ready(START.plusSeconds(3)));
    }

    @Test
    void countsANewProcessFromItsStart() {
        readiness.probe("cp1", startedAt(START.minusSeconds(600)));
        now = START.plusSeconds(20);

        assertThat(readiness.probe("cp1", startedAt(START.plusSeconds(5))))
                .isEqualTo(new Readiness.Ready(START.plusSeconds(5)));
    }

    /** The clock of the node is ahead: its kube-apiserver must not count as started only then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 600, 7200, 200_000_000_000L})
    void countsAProcessOfTheFutureFromItsFirstProbe(long secondsAhead) {
        var server = startedAt(START.plusSeconds(secondsAhead));
        readiness.probe("cp1", server);
        now = START.plus(Duration.ofDays(1));

        assertThat(readiness.probe("cp1", server)).isEqualTo(new Readiness.Ready(START));
    }

    @Test
    void isNotReadyWithoutAnAddress() {
        assertThat(readiness.probe("cp1", null)).isInstanceOf(Readiness.NotReady.class);
        assertThat(readiness.probe("cp1", new KubeAPIServer("v1.36.3", "garbage", START)))
                .isInstanceOf(Readiness.NotReady.class);
    }

    private static KubeAPIServer startedAt(Instant time) {
        return new KubeAPIServer("v1.36.3", "192.0.2.1:6443", time);
    }
}
