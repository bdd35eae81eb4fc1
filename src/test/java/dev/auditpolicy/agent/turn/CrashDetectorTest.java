package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashDetectorTest {

    private static final Instant FILES_WRITTEN = Instant.parse("2026-01-01T12:00:00Z");
    private static final String POD = "0123456789abcdef0123456789abcdef";

    @Test
    void tellsWhyAStartEndedThatCameBeforeItWasMade() throws IOException {
        var watch = watch(FILES_WRITTEN.plusSeconds(5));

        assertThat(afterThreeLooks(watch, nothingRuns())).contains("kube-apiserver ended after its start: no");
    }

    @Test
    void doesNotCountTheStartOfWhatRanBefore() throws IOException {
        assertThat(afterThreeLooks(watch(FILES_WRITTEN.minusSeconds(5)), nothingRuns()))
                .isEmpty();
    }

    @Test
    void hasHopeWhileAProcessRuns() throws IOException {
        var process = new ApiServerProcess(1, 1, FILES_WRITTEN, POD, 0, List.of("kube-apiserver"));

        assertThat(afterThreeLooks(watch(FILES_WRITTEN.plusSeconds(5)), snapshot(List.of(process))))
                .isEmpty();
    }

    private static Optional<String> afterThreeLooks(CrashDetector watch, NodeSnapshot seen) throws IOException {
        watch.failure(seen);
        watch.failure(seen);
        return watch.failure(seen);
    }

    private static NodeSnapshot nothingRuns() {
        return snapshot(List.of());
    }

    private static NodeSnapshot snapshot(List<ApiServerProcess> processes) {
        return new NodeSnapshot(
                Optional.empty(),
                Optional.empty(),
                processes,
                Optional.empty(),
                false,
                Optional.empty(),
                new LogFile.NotOpen());
    }

    private static CrashDetector watch(Instant start) {
        return new CrashDetector(
                new ContainerStarts() {
                    @Override
                    public List<Start> list() {
                        return List.of(new Start(POD, 0, start));
                    }

                    @Override
                    public Optional<String> lastError(Start newest) {
                        return Optional.of("no");
                    }
                },
                FILES_WRITTEN);
    }
}
