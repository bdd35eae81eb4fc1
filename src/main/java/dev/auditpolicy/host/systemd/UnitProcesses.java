package dev.auditpolicy.host.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ApiServerScan;
import dev.auditpolicy.host.process.Proc;
import dev.auditpolicy.host.process.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The kube-apiserver of a unit: the process of this name in the unit's cgroup. So a pre-flight of the agent is none. */
public final class UnitProcesses implements ApiServerProcesses, CommandLines {

    /** systemd gives it to each process of a unit, another for each start. */
    private static final String INVOCATION_ID = "INVOCATION_ID=";

    private final Systemd systemd;
    private final String unit;
    private final Proc proc;
    private final LoadedFiles loaded;
    private final ApiServerScan scan;

    public UnitProcesses(Systemd systemd, String unit, Ticker ticker, InstantSource clock) {
        this(systemd, unit, ticker, clock, Path.of("/proc"));
    }

    UnitProcesses(Systemd systemd, String unit, Ticker ticker, InstantSource clock, Path proc) {
        this.systemd = systemd;
        this.unit = unit;
        this.loaded = new LoadedFiles(ticker, clock);
        this.proc = new Proc(proc);
        this.scan = new ApiServerScan(this.proc, this::invocation);
    }

    @Override
    public List<ApiServerProcess> running() throws IOException {
        return scan.running();
    }

    /** A line of /proc/PID/cgroup ends with the path, whose last part is the unit, in cgroup v1 and v2. */
    private boolean isInUnit(long pid) throws IOException {
        return Files.readAllLines(proc.entry(pid).resolve("cgroup")).stream()
                .anyMatch(line -> line.endsWith("/" + unit));
    }

    /** Empty outside the unit. */
    private Optional<String> invocation(long pid) throws IOException {
        if (!isInUnit(pid)) {
            return Optional.empty();
        }
        var environment = Files.readString(proc.entry(pid).resolve("environ"), UTF_8);
        for (var variable : environment.split("\0")) {
            if (variable.startsWith(INVOCATION_ID)) {
                return Optional.of(variable.substring(INVOCATION_ID.length()));
            }
        }
        return Optional.of("");
    }

    /** As the process sees it: a pod mounts few directories of the host. */
    @Override
    public Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException {
        try {
            var file = proc.entry(process.pid()).resolve("root" + path);
            var text = Files.readString(file, UTF_8);
            // After the text: a change between the two makes the time later, never the text newer than its time.
            var changedAt = (FileTime) Files.getAttribute(file, "unix:ctime");
            return loaded.startedWith(process, path, text, changedAt.toInstant());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isAlive(ApiServerProcess process) {
        return proc.handle(process.pid(), process.startTicks()).isPresent();
    }

    /** The command line of {@code process}; empty if it has ended. */
    @Override
    public Optional<List<String>> of(ApiServerProcess process) {
        try {
            var words = proc.commandLine(process.pid());
            return isAlive(process) ? Optional.of(words) : Optional.empty();
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }

    /** systemd stops it with its own SIGTERM, and starts the next one when it has ended, however that comes. */
    @Override
    public void terminate(ApiServerProcess process) throws IOException {
        systemd.restart(unit);
    }

    @Override
    public void kill(ApiServerProcess process) {
        proc.handle(process.pid(), process.startTicks()).ifPresent(ProcessHandle::destroyForcibly);
    }
}
