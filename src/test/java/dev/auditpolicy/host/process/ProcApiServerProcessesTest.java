package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcApiServerProcessesTest {

    private static final String STATIC_POD = "0123456789abcdef0123456789abcdef";
    private static final String API_POD = "0ab2c5ac-1b8c-4d0e-a9f7-3b1d2c3e4f50";

    @TempDir
    Path proc;

    @BeforeEach
    void bootTime() throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1767225600\n");
    }

    @Test
    void findsTheProcessOfTheStaticPodWithItsIdentity() throws IOException {
        process(100, 4200, STATIC_POD, "kube-apiserver", "--secure-port=6443");

        assertThat(running()).singleElement().satisfies(found -> {
            assertThat(found.pid()).isEqualTo(100);
            assertThat(found.startTicks()).isEqualTo(4200);
            assertThat(found.startedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:42Z"));
            assertThat(found.podUID()).isEqualTo(STATIC_POD);
            assertThat(found.user()).isEqualTo(new ProcessUser(2000, 2001, Set.of(27, 2002)));
            assertThat(found.flags().value("secure-port")).contains("6443");
        });
    }

    @Test
    void isAliveUntilAnotherProcessReusesThePID() throws IOException {
        var pid = (int) ProcessHandle.current().pid();
        process(pid, 10, STATIC_POD, "kube-apiserver");
        var observed = running().getFirst();
        var processes = new ProcApiServerProcesses(proc);
        assertThat(processes.isAlive(observed)).isTrue();

        process(pid, 20, STATIC_POD, "kube-apiserver");

        assertThat(processes.isAlive(observed)).isFalse();
    }

    @Test
    void listsTheNewestFirst() throws IOException {
        process(200, 10, STATIC_POD, "kube-apiserver");
        process(100, 20, "f".repeat(32), "/usr/local/bin/kube-apiserver");

        assertThat(running()).extracting(ApiServerProcess::pid).containsExactly(100L, 200L);
    }

    @Test
    void ignoresAKubeApiServerInAnOrdinaryPod() throws IOException {
        process(100, 1, API_POD, "kube-apiserver");

        assertThat(running()).isEmpty();
    }

    @Test
    void ignoresOtherProgramsAndProcessesThatHaveEnded() throws IOException {
        process(100, 1, STATIC_POD, "kube-scheduler");
        process(101, 1, STATIC_POD, "sh", "-c", "kube-apiserver");
        Files.createDirectory(proc.resolve("102"));

        assertThat(running()).isEmpty();
    }

    @Test
    void readsAFileAsTheProcessSeesIt() throws IOException {
        process(100, 1, STATIC_POD, "kube-apiserver");
        var mounted = Files.createDirectories(proc.resolve("100/root/etc/kubernetes"));
        Files.writeString(mounted.resolve("audit-policy.yaml"), "old");
        var processes = new ProcApiServerProcesses(proc);

        assertThat(processes.fileSeenBy(running().getFirst(), "/etc/kubernetes/audit-policy.yaml"))
                .contains("old");
        assertThat(processes.fileSeenBy(running().getFirst(), "/etc/kubernetes/other"))
                .isEmpty();
    }

    @Test
    void readsNothingIfAnotherProcessReusesThePID() throws IOException {
        process(100, 1, STATIC_POD, "kube-apiserver");
        var before = running().getFirst();
        Files.createDirectories(proc.resolve("100/root"));
        Files.writeString(proc.resolve("100/root/file"), "theirs");
        process(100, 2, STATIC_POD, "kube-apiserver");

        assertThat(new ProcApiServerProcesses(proc).fileSeenBy(before, "/file")).isEmpty();
    }

    private List<ApiServerProcess> running() throws IOException {
        return new ProcApiServerProcesses(proc).running();
    }

    private void process(int pid, long startTicks, String podUID, String... arguments) throws IOException {
        var entry = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(entry.resolve("cmdline"), String.join("\0", arguments) + "\0");
        Files.writeString(
                entry.resolve("stat"),
                pid + " (kube api) r) S 1 1 1 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 14 0 " + startTicks + " 1 1\n");
        Files.writeString(
                entry.resolve("status"),
                "Name:\tkube-apiserver\nUid:\t0\t2000\t0\t2000\nGid:\t0\t2001\t0\t2001\nGroups:\t27 2002 \n");
        Files.writeString(
                entry.resolve("mountinfo"),
                "712 700 254:0 /var/lib/kubelet/pods/" + podUID
                        + "/containers/kube-apiserver/1b2c /dev/termination-log rw,relatime - ext4 /dev/vda rw\n");
    }
}
