package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLogStartsTest {

    private static final String UID = "0123456789abcdef0123456789abcdef";
    private static final String POD = "kube-system_kube-apiserver-cp1_" + UID;
    private static final Start FIRST = new Start(new StartID(UID, 0), Instant.EPOCH);

    @TempDir
    Path pods;

    @Test
    void listsStartsOfStaticPodsInOrder() throws IOException {
        log(POD, "1.log", "2026-01-01T00:00:09.5Z stderr F I0101 fine\n");
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F I0101 fine\n");
        log("kube-system_etcd-cp1_" + UID, "0.log", "");

        assertThat(new PodLogStarts(pods).list())
                .containsExactly(
                        new Start(new StartID(UID, 0), Instant.parse("2026-01-01T00:00:00.1Z")),
                        new Start(new StartID(UID, 1), Instant.parse("2026-01-01T00:00:09.5Z")));
    }

    @Test
    void doesNotCountAContainerThatHasNotWrittenYet() throws IOException {
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F I0101 fine\n");
        log(POD, "1.log", "");

        assertThat(new PodLogStarts(pods).list()).extracting(Start::id).containsExactly(FIRST.id());
    }

    @Test
    void ignoresRotatedLogs() throws IOException {
        log(POD, "0.log.20260101-000000", "2026-01-01T00:00:00.1Z stderr F I0101 fine\n");

        assertThat(new PodLogStarts(pods).list()).isEmpty();
    }

    @Test
    void returnsTheLastErrorWithoutThePrefixOfTheRuntime() throws IOException {
        log(POD, "0.log", """
                2026-01-01T00:00:00.1Z stderr F I0101 00:00:00.1 1 options.go:1] external host was not specified
                2026-01-01T00:00:00.2Z stderr F E0101 00:00:00.2 1 run.go:72] "command failed" err="loading audit policy file: no"
                2026-01-01T00:00:00.3Z stderr F I0101 00:00:00.3 1 other.go:1] bye
                """);

        assertThat(new PodLogStarts(pods).lastError(FIRST))
                .contains("E0101 00:00:00.2 1 run.go:72] \"command failed\" err=\"loading audit policy file: no\"");
    }

    @Test
    void truncatesTheError() throws IOException {
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F Error: " + "x".repeat(5000) + "\n");

        assertThat(new PodLogStarts(pods).lastError(FIRST).orElseThrow())
                .hasSizeLessThan(700)
                .endsWith("[cut]");
    }

    @Test
    void returnsNoErrorOfALogWithoutErrors() throws IOException {
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F I0101 00:00:00.1 1 options.go:1] fine\n");

        assertThat(new PodLogStarts(pods).lastError(FIRST)).isEmpty();
    }

    @Test
    void isEmptyWithoutPodLogs() throws IOException {
        assertThat(new PodLogStarts(pods.resolve("none")).list()).isEmpty();
    }

    private void log(String pod, String name, String text) throws IOException {
        var directory = Files.createDirectories(pods.resolve(pod).resolve("kube-apiserver"));
        Files.writeString(directory.resolve(name), text);
    }
}
