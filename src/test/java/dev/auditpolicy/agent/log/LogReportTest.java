package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.turn.SimulatedLog;
import dev.auditpolicy.api.v1alpha1.EventRate;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Also tests {@link LogMeter}. */
class LogReportTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final LogBackend SETTINGS =
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(1, 1, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));

    private final SimulatedLog log = new SimulatedLog();
    private final LogMeter meter = new LogMeter(log);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant provenAt = now;
    private final LogReport report = new LogReport(() -> now);

    @Test
    void countsFromTheFirstUpdate() throws IOException {
        write(5, Level.METADATA);
        update();
        write(3, Level.METADATA);
        write(1, Level.REQUEST);
        update();

        assertThat(meter.get().events()).isEqualTo(Map.of(Level.METADATA, 3L, Level.REQUEST, 1L));
        assertThat(meter.get().writtenBytes()).isEqualTo(4 * SimulatedLog.EVENT);
        assertThat(meter.get().bytes()).isEqualTo(9 * SimulatedLog.EVENT);
    }

    /** Reads 1 MB of 3 MB. */
    @Test
    void extrapolatesWhatItDoesNotRead() throws IOException {
        update();
        write(3 * 1024, Level.METADATA);
        update();

        assertThat(meter.get().writtenBytes()).isEqualTo(3 * MEGABYTE);
        assertThat(meter.get().events()).isEqualTo(Map.of(Level.METADATA, 3 * 1024L));
    }

    @Test
    void reportsALostLog() throws IOException {
        meter.update(PROCESS, SETTINGS.path(), new LogFile.Lost("deleted"));

        assertThat(meter.get().lost()).isTrue();
    }

    @Test
    void reportsATruncatedLogAtOnce() throws IOException {
        write(1, Level.METADATA);
        update();
        assertThat(reported().status().truncatedAt()).isNull();
        log.truncate();
        pass(Duration.ofSeconds(10));
        update();
        var noticedAt = now;

        assertThat(meter.get().truncations()).isEqualTo(1);
        assertThat(reported().status().truncatedAt()).isEqualTo(noticedAt);
        pass(Duration.ofMinutes(10));
        update();
        provenAt = now;
        assertThat(meter.get().truncations()).isEqualTo(1);
        assertThat(reported().status().truncatedAt()).isEqualTo(noticedAt);
    }

    @Test
    void reportsNoRatesInTheFirstMinute() throws IOException {
        update();
        pass(Duration.ofSeconds(50));
        write(100, Level.METADATA);
        update();

        assertThat(reported().status().bytesPerSecond()).isNull();
        assertThat(reported().status().eventRates()).isEmpty();
    }

    @Test
    void reportsRatesAndRetentionOnceKnown() throws IOException {
        update();
        reported();
        pass(Duration.ofSeconds(100));
        write(250, Level.METADATA);
        update();

        var status = reported().status();
        assertThat(status.bytesPerSecond()).isEqualTo(2560);
        assertThat(status.eventRates()).containsExactly(new EventRate(Level.METADATA, "2.5"));
        assertThat(status.worstCaseBytes()).isEqualTo(1100 * MEGABYTE);
        // 1000 MB of rotated files, at 2560 bytes a second.
        assertThat(status.retentionHours()).isEqualTo(1000 * MEGABYTE / 2560 / 3600);
    }

    /** Each change would be a write to etcd. */
    @Test
    void isUnchangedUntilTheProofIsRenewed() throws IOException {
        update();
        reported();
        pass(Duration.ofSeconds(100));
        update();
        var before = reported();
        pass(Duration.ofSeconds(100));
        write(100, Level.METADATA);
        update();

        assertThat(reported()).isEqualTo(before);
        provenAt = now;
        assertThat(reported().status().eventRates()).containsExactly(new EventRate(Level.METADATA, "1.0"));
    }

    @Test
    void reportsShortSpaceImmediately() throws IOException {
        update();
        assertThat(reported().shortage()).isEmpty();
        log.leaveFree(1000 * MEGABYTE);
        update();

        assertThat(reported().shortage())
                .isPresent()
                .get()
                .asString()
                .contains("1100 MB", "1000 MB free", "maxBackups");
    }

    private void write(int events, Level level) {
        for (var event = 0; event < events; event++) {
            log.write(level, "id", Stage.RESPONSE_COMPLETE);
        }
    }

    private void update() throws IOException {
        meter.update(PROCESS, SETTINGS.path(), new LogFile.InPlace());
    }

    private LogReport.Reported reported() {
        return report.of(SETTINGS, meter, provenAt);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }
}
