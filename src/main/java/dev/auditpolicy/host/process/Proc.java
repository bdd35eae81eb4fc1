package dev.auditpolicy.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The node's {@code /proc}. */
public final class Proc {

    /** USER_HZ, the unit of start times in /proc. It is 100 on every architecture that Kubernetes supports. */
    static final long TICKS_PER_SECOND = 100;

    /** O_ACCMODE of open(2): not zero if the file is open for writing. */
    private static final int ACCESS_MODE = 3;

    private final Path root;

    public Proc(Path root) {
        this.root = root;
    }

    public List<Long> pids() throws IOException {
        var pids = new ArrayList<Long>();
        try (var entries = Files.newDirectoryStream(root, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.valueOf(entry.getFileName().toString())));
        }
        return pids;
    }

    /** Live processes of the program {@code name}, regardless of its path. */
    public List<Long> pidsOf(String name) throws IOException {
        return pids().stream().filter(pid -> runs(pid, name)).toList();
    }

    private boolean runs(long pid, String name) {
        try {
            return isProgram(commandLine(pid), name);
        } catch (IOException endedMeanwhile) {
            return false;
        }
    }

    public static boolean isProgram(List<String> commandLine, String name) {
        return !commandLine.isEmpty()
                && (commandLine.getFirst().equals(name)
                        || commandLine.getFirst().endsWith("/" + name));
    }

    public Path entry(long pid) {
        return root.resolve(Long.toString(pid));
    }

    public List<String> commandLine(long pid) throws IOException {
        var text = Files.readString(entry(pid).resolve("cmdline"), UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }

    /** Field 22 of stat, counted from the end of the command name, which may contain spaces and parentheses. */
    public long startTicks(long pid) throws IOException {
        var stat = Files.readString(entry(pid).resolve("stat"));
        var fieldsFromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fieldsFromState[22 - 3]);
    }

    /**
     * As whom a process accesses files. The owner of its directory in /proc is not that: it is root for a program with file
     * capabilities, which kube-apiserver is.
     */
    public ProcessUser user(long pid) throws IOException {
        var status = Files.readString(entry(pid).resolve("status"));
        // Real, effective, saved, and that of file systems.
        return new ProcessUser(
                numbers(status, "Uid").get(1), numbers(status, "Gid").get(1), Set.copyOf(numbers(status, "Groups")));
    }

    private static List<Integer> numbers(String status, String field) throws IOException {
        var prefix = field + ":";
        return status.lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .map(line -> Arrays.stream(
                                line.substring(prefix.length()).strip().split("\\s+"))
                        .filter(number -> !number.isEmpty())
                        .map(Integer::parseUnsignedInt)
                        .toList())
                .orElseThrow(() -> new IOException("no " + field + " in the status of a process"));
    }

    /** The current moment on the clock of which start times are read. */
    BootTime now() throws IOException {
        var uptime = Files.readString(root.resolve("uptime"));
        var seconds = new BigDecimal(uptime.substring(0, uptime.indexOf(' ')));
        return new BootTime(bootID(), seconds.movePointRight(3).longValue());
    }

    /**
     * Whether a file is open for writing.
     *
     * @param descriptor number of an open file of the process
     */
    public boolean isWritable(long pid, String descriptor) throws IOException {
        return Files.readString(entry(pid).resolve("fdinfo").resolve(descriptor))
                .lines()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line ->
                        (Long.parseLong(line.substring("flags:".length()).strip(), 8) & ACCESS_MODE) != 0);
    }

    BootTime bootTime(long ticks) throws IOException {
        return new BootTime(bootID(), ticks * 1000 / TICKS_PER_SECOND);
    }

    private String bootID() throws IOException {
        return Files.readString(root.resolve("sys/kernel/random/boot_id")).strip();
    }

    public Instant time(long ticks) throws IOException {
        return bootedAt().plusMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private Instant bootedAt() throws IOException {
        try (var lines = Files.lines(root.resolve("stat"))) {
            return lines.filter(line -> line.startsWith("btime "))
                    .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring("btime ".length()))))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no btime in " + root + "/stat"));
        }
    }

    /** A ProcessHandle stores the start time and does not signal another process that reuses the PID. */
    public Optional<ProcessHandle> handle(long pid, long startTicks) {
        return ProcessHandle.of(pid).filter(_ -> isSameProcess(pid, startTicks));
    }

    private boolean isSameProcess(long pid, long startTicks) {
        try {
            return startTicks(pid) == startTicks;
        } catch (IOException ended) {
            return false;
        }
    }
}
