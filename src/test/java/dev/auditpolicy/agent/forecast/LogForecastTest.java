package dev.auditpolicy.agent.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogPrediction;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogForecastTest {

    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";
    private static final String EVERYTHING = HEAD + "rules: [{level: RequestResponse}]";
    private static final String PATH = "/var/log/kubernetes/audit/audit.log";

    /** A minute after the last recorded event. */
    private static final Instant NOW = RecordedLog.lastEvent().plusSeconds(60);

    private static LogPrediction predict(String policy, String metrics, String... flags) {
        var process =
                new ApiServerProcess(1, 1, NOW.minusSeconds(7200), "0".repeat(32), ProcessUser.ROOT, List.of(flags));
        var node = new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                List.of(process),
                Optional.of(EVERYTHING),
                true,
                Optional.empty(),
                new LogFile.InPlace());
        var spec = new AuditNodeSpec("r", 1L, policy, LogBackend.at(PATH), 10, 180);
        return new LogForecast(new RecordedLog(), metrics(metrics), _ -> "", () -> NOW, () -> new BootTime("boot", 0))
                .predict(spec, node, process)
                .orElse(null);
    }

    /** An empty text is that of a kube-apiserver that does not answer. */
    private static ApiServerMetrics metrics(String text) {
        return new ApiServerMetrics() {
            @Override
            public <T> T read(String address, Reader<T> reader) throws IOException {
                if (text.isEmpty()) {
                    throw new IOException("connection refused");
                }
                return reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            }
        };
    }

    private static String counted(long requests) {
        return "process_start_time_seconds " + (NOW.getEpochSecond() - 7200)
                + "\napiserver_request_total{group=\"\",resource=\"secrets\",scope=\"resource\",subresource=\"\",verb=\"GET\"} "
                + requests + "\n";
    }

    /** They are in the log, of which only the last hour is read. */
    @Test
    void addsNoRequestsThatAreRecordedNow() {
        assertThat(predict(EVERYTHING, counted(7_200_000), "--audit-log-path=" + PATH))
                .isEqualTo(predict(EVERYTHING, counted(1), "--audit-log-path=" + PATH));
    }

    @Test
    void predictsLessOfAPolicyWithoutBodies() {
        var prediction = predict(HEAD + "rules: [{level: Metadata}]", "", "--audit-log-path=" + PATH);

        assertThat(prediction.maxBytesPerSecond()).isPositive().isLessThan(prediction.bytesPerSecond());
        assertThat(prediction.retentionHours()).isPositive();
        assertThat(prediction.basis()).contains("events of the last", "kube-apiserver's metrics cannot be read");
    }

    @Test
    void predictsByTheCountersWhereThereIsNoLog() {
        var prediction = predict(HEAD + "omitStages: [RequestReceived]\nrules: [{level: Metadata}]", counted(7200));

        assertThat(prediction.bytesPerSecond()).isZero();
        assertThat(List.of(prediction.minBytesPerSecond(), prediction.maxBytesPerSecond()))
                .as("one request per second, of 690 to 800 bytes")
                .containsExactly(690L, 800L);
    }

    @Test
    void predictsNothingWithoutALogAndCounters() {
        assertThat(predict(EVERYTHING, "")).isNull();
    }
}
