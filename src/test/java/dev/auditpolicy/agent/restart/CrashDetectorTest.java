package dev.auditpolicy.agent.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.journal.RollbackReason.Cause;
import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashDetectorTest {

    private static final Instant TURN_BEGAN = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = TURN_BEGAN.plusSeconds(5);
    private static final String POD = "0123456789abcdef0123456789abcdef";
    private static final StartID NEW = new StartID(POD, 0);

    @Test
    void reportsTheErrorOfAStartThatCameBeforeTheFirstObservation() throws IOException {
        assertThat(afterThreeObservations(detector("no"), nothingRuns()))
                .contains(new RollbackReason(Cause.OTHER, "kube-apiserver exited after it started: no"));
    }

    @Test
    void recognizesAnErrorAboutThePolicy() throws IOException {
        var error = "\"command failed\" err=\"loading audit policy file: failed decoding\"";

        assertThat(afterThreeObservations(detector(error), nothingRuns()))
                .contains(new RollbackReason(Cause.POLICY_ERROR, "kube-apiserver exited after it started: " + error));
    }

    @Test
    void reportsThatKubeApiserverLoggedNoError() throws IOException {
        assertThat(afterThreeObservations(detector(null), nothingRuns()))
                .contains(
                        new RollbackReason(Cause.OTHER, "kube-apiserver exited after it started and logged no error"));
    }

    @Test
    void ignoresStartsFromBeforeTheTurn() throws IOException {
        assertThat(afterThreeObservations(detector("no", List.of(NEW), Optional.empty(), LATER), nothingRuns()))
                .isEmpty();
    }

    @Test
    void ignoresStartsFromBeforeAPowerFailureDuringTheTurn() throws IOException {
        assertThat(afterThreeObservations(
                        detector("no", List.of(), Optional.of(LATER.plusSeconds(1)), LATER), nothingRuns()))
                .isEmpty();
    }

    @Test
    void reportsNothingWhileAProcessRuns() throws IOException {
        var process = new ApiServerProcess(1, 1, TURN_BEGAN, POD, ProcessUser.ROOT, List.of("kube-apiserver"));

        assertThat(afterThreeObservations(detector("no"), snapshot(List.of(process))))
                .isEmpty();
    }

    private static Optional<RollbackReason> afterThreeObservations(CrashDetector detector, NodeSnapshot node)
            throws IOException {
        detector.detect(node);
        detector.detect(node);
        return detector.detect(node);
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

    private static CrashDetector detector(String error) {
        return detector(error, List.of(), Optional.empty(), LATER);
    }

    private static CrashDetector detector(
            String error, List<StartID> known, Optional<Instant> kubeletRestartedAt, Instant start) {
        return new CrashDetector(
                new ContainerStarts() {
                    @Override
                    public List<Start> list() {
                        return List.of(new Start(NEW, start));
                    }

                    @Override
                    public Optional<String> lastError(Start newest) {
                        return Optional.ofNullable(error);
                    }
                },
                known,
                kubeletRestartedAt);
    }
}
