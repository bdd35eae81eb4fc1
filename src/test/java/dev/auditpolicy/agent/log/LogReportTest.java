package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.api.v1alpha1.EventRate;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The meter and what is told of it. */
class LogReportTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final LogBackend SETTINGS =
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(1, 1, Instant.EPOCH, "0".repeat(32), 0, List.of("kube-apiserver"));

    private final SimulatedLog log = new SimulatedLog();
    private final LogMeter meter = new LogMeter(log);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant provenAt = now;
    private final LogReport report = new LogReport(() -> now);

    @Test
    void countsWhatIsWrittenFromTheFirstLookOn() throws IOException {
        write(5, Level.METADATA);
        look();
        write(3, Level.METADATA);
        write(1, Level.REQUEST);
        look();

        assertThat(meter.get().events()).isEqualTo(Map.of(Level.METADATA, 3L, Level.REQUEST, 1L));
        assertThat(meter.get().writtenBytes()).isEqualTo(4 * SimulatedLog.EVENT);
        assertThat(meter.get().bytes()).isEqualTo(9 * SimulatedLog.EVENT);
    }

    /** It reads one megabyte of the three. */
    @Test
    void takesWhatItDoesNotReadToBeLikeWhatItReads() throws IOException {
        look();
        write(3 * 1024, Level.METADATA);
        look();

        assertThat(meter.get().writtenBytes()).isEqualTo(3 * MEGABYTE);
        assertThat(meter.get().events()).isEqualTo(Map.of(Level.METADATA, 3 * 1024L));
    }

    @Test
    void tellsThatTheLogIsLost() throws IOException {
        meter.update(PROCESS, SETTINGS.path(), new LogFile.Lost("deleted"));

        assertThat(meter.get().lost()).isTrue();
    }

    @Test
    void tellsNoRateInTheFirstMinute() throws IOException {
        look();
        pass(Duration.ofSeconds(50));
        write(100, Level.METADATA);
        look();

        assertThat(told().status().bytesPerSecond()).isNull();
        assertThat(told().status().eventRates()).isEmpty();
    }

    @Test
    void tellsRatesAndRetentionOnceTheyAreKnown() throws IOException {
        look();
        told();
        pass(Duration.ofSeconds(100));
        write(250, Level.METADATA);
        look();

        var status = told().status();
        assertThat(status.bytesPerSecond()).isEqualTo(2560);
        assertThat(status.eventRates()).containsExactly(new EventRate(Level.METADATA, "2.5"));
        assertThat(status.worstCaseBytes()).isEqualTo(1100 * MEGABYTE);
        // 1000 MB of rotated files, at 2560 bytes a second.
        assertThat(status.retentionHours()).isEqualTo(1000 * MEGABYTE / 2560 / 3600);
    }

    /** Each change of it would be a write to etcd. */
    @Test
    void staysAsItIsUntilTheProofIsRenewed() throws IOException {
        look();
        told();
        pass(Duration.ofSeconds(100));
        look();
        var before = told();
        pass(Duration.ofSeconds(100));
        write(100, Level.METADATA);
        look();

        assertThat(told()).isEqualTo(before);
        provenAt = now;
        assertThat(told().status().eventRates()).containsExactly(new EventRate(Level.METADATA, "1.0"));
    }

    @Test
    void tellsAtOnceThatSpaceRunsShort() throws IOException {
        look();
        assertThat(told().shortage()).isEmpty();
        log.leaveFree(1000 * MEGABYTE);
        look();

        assertThat(told().shortage()).isPresent().get().asString().contains("1100 MB", "1000 MB left", "maxBackups");
    }

    private void write(int events, Level level) {
        for (var event = 0; event < events; event++) {
            log.write(level, "id", Stage.RESPONSE_COMPLETE);
        }
    }

    private void look() throws IOException {
        meter.update(PROCESS, SETTINGS.path(), new LogFile.InPlace());
    }

    private LogReport.Reported told() {
        return report.of(SETTINGS, meter, provenAt);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }
}
