package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownGracePeriodTest {

    @ParameterizedTest
    @CsvSource({
        "'', 7",
        "--shutdown-delay-duration=1m10s, 77",
        "--audit-log-mode=blocking, 7",
        "--audit-log-mode=batch, 37",
        "--audit-log-mode=batch --audit-log-batch-max-wait=2s, 9",
        "--shutdown-delay-duration=5s --audit-log-mode=batch --audit-log-batch-max-wait=1s, 13"
    })
    void addsWhatTheLiveProcessNeedsToDrainSeconds(String flags, int seconds) {
        assertThat(ShutdownGracePeriod.of(spec(7), running(flags))).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static NodeSnapshot running(String flags) {
        var argv = List.of(("kube-apiserver " + flags).strip().split(" "));
        var process = new ApiServerProcess(1, 1, Instant.EPOCH, "0123456789abcdef0123456789abcdef", 0, argv);
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(process),
                Optional.empty(),
                true,
                Optional.empty(),
                new LogFile.NotOpen());
    }

    private static AuditNodeSpec spec(int drainSeconds) {
        var log = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec("a", 1L, "policy", log, drainSeconds, 60);
    }
}
