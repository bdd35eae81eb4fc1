package dev.auditpolicy.agent.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.Flags;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownGracePeriodTest {

    @ParameterizedTest
    @CsvSource({
        "'', 7",
        "--shutdown-delay-duration=1m10s, 77",
        "--shutdown-delay-duration=+70s, 77",
        "--shutdown-delay-duration=-0s, 7",
        "--audit-log-mode=blocking, 7",
        "--audit-log-mode=batch, 7",
        "--audit-log-mode=batch --audit-log-batch-max-wait=2s, 9",
        "--audit-webhook-config-file=/w, 9",
        "--audit-webhook-config-file=/w --audit-webhook-mode=batch, 9",
        "--audit-webhook-config-file=/w --audit-webhook-mode=blocking, 7",
        "--shutdown-delay-duration=5s --audit-log-mode=batch --audit-log-batch-max-wait=1s, 13"
    })
    void addsWhatTheLiveProcessNeedsToDrainSeconds(String flags, int seconds) {
        assertThat(ShutdownGracePeriod.of(spec(7), Flags.of(List.of(flags.split(" ")))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    private static AuditNodeSpec spec(int drainSeconds) {
        var log = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec("a", 1L, "policy", log, drainSeconds, 60);
    }
}
