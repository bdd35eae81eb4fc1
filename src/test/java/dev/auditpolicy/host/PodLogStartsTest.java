package dev.auditpolicy.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLogStartsTest {

    private static final String POD = "kube-system_kube-apiserver-cp1_0123456789abcdef0123456789abcdef";

    @TempDir
    Path pods;

    @Test
    void countsEveryStartOfEveryStaticPod() throws IOException {
        log(POD, "0.log", "");
        log(POD, "1.log", "");
        log("kube-system_etcd-cp1_0123456789abcdef0123456789abcdef", "0.log", "");

        assertThat(new PodLogStarts(pods).seen())
                .containsExactlyInAnyOrder(POD + "/kube-apiserver/0.log", POD + "/kube-apiserver/1.log");
    }

    @Test
    void tellsTheLastErrorWithoutTheRuntimesPrefix() throws IOException {
        log(POD, "0.log", """
                2026-01-01T00:00:00.1Z stderr F I0101 00:00:00.1 1 options.go:1] external host was not specified
                2026-01-01T00:00:00.2Z stderr F E0101 00:00:00.2 1 run.go:72] "command failed" err="loading audit policy file: no"
                2026-01-01T00:00:00.3Z stderr F I0101 00:00:00.3 1 other.go:1] bye
                """);

        assertThat(new PodLogStarts(pods).lastError(POD + "/kube-apiserver/0.log"))
                .contains("E0101 00:00:00.2 1 run.go:72] \"command failed\" err=\"loading audit policy file: no\"");
    }

    @Test
    void boundsWhatItTells() throws IOException {
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F Error: " + "x".repeat(5000) + "\n");

        assertThat(new PodLogStarts(pods)
                        .lastError(POD + "/kube-apiserver/0.log")
                        .orElseThrow())
                .hasSizeLessThan(700)
                .endsWith("[cut]");
    }

    @Test
    void tellsNothingOfALogWithoutErrors() throws IOException {
        log(POD, "0.log", "2026-01-01T00:00:00.1Z stderr F I0101 00:00:00.1 1 options.go:1] fine\n");

        assertThat(new PodLogStarts(pods).lastError(POD + "/kube-apiserver/0.log"))
                .isEmpty();
    }

    @Test
    void seesNothingWhereThereAreNoPodLogs() throws IOException {
        assertThat(new PodLogStarts(pods.resolve("none")).seen()).isEmpty();
    }

    private void log(String pod, String name, String text) throws IOException {
        var directory = Files.createDirectories(pods.resolve(pod).resolve("kube-apiserver"));
        Files.writeString(directory.resolve(name), text);
    }
}
