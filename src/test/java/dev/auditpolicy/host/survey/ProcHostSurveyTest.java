package dev.auditpolicy.host.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcHostSurveyTest {

    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(200, 7, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of());

    @TempDir
    Path proc;

    private ProcHostSurvey survey;

    @BeforeEach
    void startApiServer() throws IOException {
        survey = new ProcHostSurvey(proc);
        write("200/stat", "200 (kube-apiserver) S " + "0 ".repeat(18) + "7 0\n");
        write("200/cmdline", "/usr/local/bin/kube-apiserver\0--v=2\0");
        write("200/mountinfo", "1 0 8:1 /log /logs rw - ext4 /dev/sda rw\n");
        write("1/mountinfo", "1 0 8:1 / /var rw - ext4 /dev/sda rw\n");
        write("1/cmdline", "/usr/local/bin/k3s server\0");
    }

    @Test
    void readsAFileAsTheProcessSeesIt() throws IOException {
        write("200/root/etc/p.yaml", "a");

        assertThat(survey.file(PROCESS, "/etc/p.yaml")).hasValueSatisfying(file -> {
            assertThat(file.text()).contains("a");
            assertThat(file.sha256()).startsWith("ca978112ca1bbdca");
        });
    }

    /** A directory, a pipe that nobody writes, a huge file: none of them may stop the agent. */
    @Test
    void readsOnlyRegularFilesOfASaneSize() throws Exception {
        Files.createDirectories(proc.resolve("200/root/directory"));
        write("200/root/huge", "x".repeat(1024 * 1024 + 1));
        new ProcessBuilder("mkfifo", proc.resolve("200/root/pipe").toString())
                .start()
                .waitFor();

        assertThat(survey.file(PROCESS, "/directory")).isEmpty();
        assertThat(survey.file(PROCESS, "/huge")).isEmpty();
        assertThat(survey.file(PROCESS, "/pipe")).isEmpty();
        assertThat(survey.file(PROCESS, "/absent")).isEmpty();
    }

    @Test
    void hashesWhatIsNoText() throws IOException {
        Files.write(proc.resolve("200/root").resolve(write("200/root/p", "").getFileName()), new byte[] {(byte) 0xff});

        assertThat(survey.file(PROCESS, "/p"))
                .hasValueSatisfying(file -> assertThat(file.text()).isEmpty());
    }

    @Test
    void ignoresAnotherProcessOfTheSamePid() throws IOException {
        write("200/root/p", "a");
        write("200/stat", "200 (kube-apiserver) S " + "0 ".repeat(18) + "8 0\n");

        assertThat(survey.file(PROCESS, "/p")).isEmpty();
    }

    @Test
    void findsTheLogOnTheNode() throws IOException {
        assertThat(survey.hostPath(PROCESS, "/logs//audit/../audit.log")).contains("/var/log/audit.log");
    }

    @Test
    void listsTheFilesThatKubeletReads() throws IOException {
        write("1/root/m/b.yaml", "b");
        write("1/root/m/a.yaml.bak", "a");
        write("1/root/m/.hidden", "h");
        Files.createDirectories(proc.resolve("1/root/m/directory"));

        assertThat(survey.manifests("/m"))
                .containsExactly(new ManifestFile("a.yaml.bak", "a"), new ManifestFile("b.yaml", "b"));
        assertThat(survey.manifests("/absent")).isEmpty();
    }

    @Test
    void namesProgramsPathsAndTheSystem() throws IOException {
        write("1/root/etc/os-release", "NAME=\"Talos\"\nID=\"talos\"\n");

        assertThat(survey.programs()).containsExactlyInAnyOrder("k3s", "kube-apiserver");
        assertThat(survey.existing(Set.of("/etc/os-release", "/etc/rancher"))).containsExactly("/etc/os-release");
        assertThat(survey.operatingSystem()).contains("talos");
    }

    private Path write(String path, String text) throws IOException {
        var file = proc.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
