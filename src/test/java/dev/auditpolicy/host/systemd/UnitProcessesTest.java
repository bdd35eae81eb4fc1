package dev.auditpolicy.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitProcessesTest {

    private static final String UNIT = "kube-apiserver.service";
    private static final String V1 = "9:name=systemd:/system.slice/" + UNIT + "\n8:pids:/\n";
    private static final String INVOCATION = "d229192e90f0458389a2faddd07c549a";
    private static final Duration UPTIME_AT_START = Duration.ofSeconds(42);
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LONG_AFTER = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    private Path proc;

    private Instant startedAt = LONG_AGO;

    @ParameterizedTest
    @ValueSource(strings = {V1, "0::/system.slice/" + UNIT + "\n"})
    void findsTheProcessOfTheUnit(String cgroup) throws IOException {
        process(100, 4200, cgroup, "/usr/local/bin/kube-apiserver", "--secure-port=6443");

        assertThat(running()).singleElement().satisfies(found -> {
            assertThat(found.pid()).isEqualTo(100);
            assertThat(found.podUID()).isEqualTo(INVOCATION);
            assertThat(found.flags().value("secure-port")).contains("6443");
        });
    }

    /** The pre-flight of the agent is a kube-apiserver, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0::/system.slice/auditpolicy-agent.service", "0::/kubepods/besteffort/pod1", "0::/x-" + UNIT})
    void ignoresOtherProcessesOfThatName(String cgroup) throws IOException {
        process(100, 4200, cgroup, "kube-apiserver");

        assertThat(running()).isEmpty();
    }

    @Test
    void ignoresOtherProgramsOfTheUnit() throws IOException {
        process(100, 4200, V1, "/bin/sh", "-c", "sleep 1");

        assertThat(running()).isEmpty();
    }

    @Test
    void seesAFileThatWasNotChangedSinceItsStart() throws IOException {
        var file = Files.writeString(proc.resolve("policy.yaml"), "rules");
        startedAt = LONG_AFTER;
        process(100, 4200, V1, "kube-apiserver");

        assertThat(processes().fileSeenBy(running().getFirst(), file.toString()))
                .contains("rules");
    }

    @Test
    void doesNotKnowWhatAFileWasThatWasChangedSinceItsStart() throws IOException {
        var file = Files.writeString(proc.resolve("policy.yaml"), "rules");
        process(100, 4200, V1, "kube-apiserver");

        assertThat(processes().fileSeenBy(running().getFirst(), file.toString()))
                .isEmpty();
    }

    @Test
    void seesAFileThatWasEditedAndPutBack() throws IOException {
        var file = Files.writeString(proc.resolve("policy.yaml"), "rules");
        startedAt = LONG_AFTER;
        process(100, 4200, V1, "kube-apiserver");
        var processes = processes();
        processes.fileSeenBy(running().getFirst(), file.toString());
        startedAt = LONG_AGO; // From now on, each change is after the start.
        var process = running().getFirst();

        Files.writeString(file, "edited");
        assertThat(processes.fileSeenBy(process, file.toString())).isEmpty();

        Files.writeString(file, "rules");
        assertThat(processes.fileSeenBy(process, file.toString())).contains("rules");
    }

    @Test
    void seesNoFileThatIsGone() throws IOException {
        process(100, 4200, V1, "kube-apiserver");

        assertThat(processes().fileSeenBy(running().getFirst(), proc + "/none")).isEmpty();
    }

    private UnitProcesses processes() {
        return new UnitProcesses(
                new DBusSystemd(proc.resolve("no-bus")),
                UNIT,
                () -> new BootTime("boot", UPTIME_AT_START.toMillis()),
                () -> startedAt,
                proc);
    }

    private List<ApiServerProcess> running() throws IOException {
        return processes().running();
    }

    private void process(int pid, long startTicks, String cgroup, String... command) throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1000000000\n");
        var entry = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.createSymbolicLink(entry.resolve("root"), Path.of("/"));
        Files.writeString(entry.resolve("cmdline"), String.join("\0", command) + "\0");
        Files.writeString(entry.resolve("cgroup"), cgroup);
        Files.writeString(entry.resolve("environ"), "LANG=C\0INVOCATION_ID=" + INVOCATION + "\0");
        Files.writeString(entry.resolve("status"), "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t\n");
        Files.writeString(
                entry.resolve("stat"), pid + " (kube-apiserver) S" + " 0".repeat(18) + " " + startTicks + " 0 0");
    }
}
