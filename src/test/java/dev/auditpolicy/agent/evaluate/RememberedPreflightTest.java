package dev.auditpolicy.agent.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight.Verdict;
import dev.auditpolicy.host.process.ProcessUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedPreflightTest {

    private static final Verdict LOADS = new Verdict.Loads();
    private static final Verdict REFUSES = new Verdict.Refuses("loading audit policy file: no");
    private static final Verdict NOT_POSSIBLE = new Verdict.NotPossible("killed");
    private static final Map<String, String> FLAGS = Map.of("audit-log-maxage", "30");

    private final Queue<Verdict> answers = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RememberedPreflight preflight = new RememberedPreflight((_, _, _) -> answers.remove(), () -> now);

    @Test
    void remembersWhatKubeApiServerSays() throws Exception {
        answers.addAll(List.of(REFUSES, LOADS));

        assertThat(check(1)).isEqualTo(REFUSES);
        now = now.plus(Duration.ofDays(1));
        assertThat(check(1)).isEqualTo(REFUSES);
    }

    @Test
    void asksAnotherProcess() throws Exception {
        answers.addAll(List.of(REFUSES, LOADS));

        assertThat(check(1)).isEqualTo(REFUSES);
        assertThat(check(2)).isEqualTo(LOADS);
    }

    @Test
    void asksAgainAMinuteAfterItCouldNotAsk() throws Exception {
        answers.addAll(List.of(NOT_POSSIBLE, LOADS));

        assertThat(check(1)).isEqualTo(NOT_POSSIBLE);
        now = now.plusSeconds(59);
        assertThat(check(1)).isEqualTo(NOT_POSSIBLE);
        now = now.plusSeconds(1);
        assertThat(check(1)).isEqualTo(LOADS);
    }

    @ParameterizedTest
    @ValueSource(longs = {-7200, -1, 7200})
    void asksAgainAfterTheClockWasAdjusted(long seconds) throws Exception {
        answers.addAll(List.of(NOT_POSSIBLE, LOADS));
        check(1);

        now = now.plusSeconds(seconds);

        assertThat(check(1)).isEqualTo(LOADS);
    }

    @Test
    void asksAgainOnceItIsToForget() throws Exception {
        answers.addAll(List.of(LOADS, REFUSES));
        check(1);

        preflight.forget();

        assertThat(check(1)).isEqualTo(REFUSES);
    }

    private Verdict check(int pid) throws InterruptedException {
        var process = new ApiServerProcess(
                pid, pid, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));
        return preflight.check("policy", FLAGS, Optional.of(process));
    }
}
