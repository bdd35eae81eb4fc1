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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kube-apiserver of a unit: the process of this name in the unit's cgroup. So a pre-flight of the agent is none. */
public final class UnitProcesses implements ApiServerProcesses, CommandLines {

    /** It parses its flags first. Clocks of processes and files differ by 10 ms. */
    private static final Duration LOADS_NO_FILE = Duration.ofMillis(50);

    /** systemd gives it to each process of a unit, another for each start. */
    private static final String INVOCATION_ID = "INVOCATION_ID=";

    private final Systemd systemd;
    private final String unit;
    private final Proc proc;
    private final Ticker ticker;
    private final InstantSource clock;
    private final ApiServerScan scan;

    /** By path: the process that has started with this text, and the text. */
    private final Map<String, Loaded> loaded = new HashMap<>();

    private record Loaded(ApiServerProcess process, String text) {}

    public UnitProcesses(Systemd systemd, String unit, Ticker ticker, InstantSource clock) {
        this(systemd, unit, ticker, clock, Path.of("/proc"));
    }

    UnitProcesses(Systemd systemd, String unit, Ticker ticker, InstantSource clock, Path proc) {
        this.systemd = systemd;
        this.unit = unit;
        this.ticker = ticker;
        this.clock = clock;
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

    /**
     * A service sees the files of the host as they are now. What it has started with is known of a file that was not changed since, or
     * whose text was the same then.
     */
    @Override
    public Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException {
        try {
            var file = Path.of(path);
            var text = Files.readString(file, UTF_8);
            // After the text: a change between the two makes the time later, never the text newer than its time.
            var changedAt = (FileTime) Files.getAttribute(file, "unix:ctime");
            if (changedAt.toInstant().isBefore(loadsFilesAfter(process))) {
                loaded.put(path, new Loaded(process, text));
            }
            return Optional.ofNullable(loaded.get(path))
                    .filter(known -> known.process().isSameAs(process))
                    .map(Loaded::text)
                    .filter(text::equals);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * On the clock of the files, as it is now: {@link ApiServerProcess#startedAt} is computed from the whole seconds of btime, and a
     * restart can follow a write sooner.
     */
    private Instant loadsFilesAfter(ApiServerProcess process) {
        return clock.instant().minus(process.age(ticker.now())).plus(LOADS_NO_FILE);
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
