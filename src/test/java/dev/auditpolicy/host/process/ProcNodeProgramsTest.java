package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcNodeProgramsTest {

    @TempDir
    Path proc;

    @BeforeEach
    void bootID() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-1\n");
    }

    @Test
    void findsARunningKubeadm() throws IOException {
        process(7, 100, "/usr/bin/kubeadm\0upgrade\0apply");

        assertThat(new ProcNodePrograms(proc).kubeadm()).contains(7L);
    }

    @Test
    void ignoresAProgramWithKubeadmAsAnArgument() throws IOException {
        process(7, 100, "vi\0/root/kubeadm");

        assertThat(new ProcNodePrograms(proc).kubeadm()).isEmpty();
    }

    @Test
    void returnsTheStartTimeOfKubelet() throws IOException {
        process(8, 250, "/usr/bin/kubelet\0--config=/var/lib/kubelet/config.yaml");

        assertThat(new ProcNodePrograms(proc).kubeletStartedAt()).contains(new BootTime("boot-1", 2500));
    }

    @Test
    void returnsNothingForTwoKubelets() throws IOException {
        process(8, 250, "kubelet");
        process(9, 260, "kubelet");

        assertThat(new ProcNodePrograms(proc).kubeletStartedAt()).isEmpty();
    }

    private void process(long pid, long startTicks, String commandLine) throws IOException {
        var entry = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(entry.resolve("cmdline"), commandLine);
        Files.writeString(entry.resolve("stat"), pid + " (x y) S" + " 0".repeat(18) + " " + startTicks + " 0\n");
    }
}
