package dev.auditpolicy.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@link ApiServerProcesses} from {@code /proc} of the node (the agent's pod has {@code hostPID}). */
public final class ProcApiServerProcesses implements ApiServerProcesses {

    /**
     * What kubelet mounts into every container of a static pod (its termination log), as a source path. A UID of 32 hex
     * digits is a static pod's; pods from the API have UIDs with dashes. So neither another kube-apiserver on the node
     * nor one in an ordinary pod is ever taken for the node's own.
     */
    private static final Pattern STATIC_POD_MOUNT = Pattern.compile("/pods/([0-9a-f]{32})/containers/kube-apiserver/");

    /** USER_HZ, the unit of start times in /proc; 100 on every architecture that Kubernetes supports. */
    private static final long TICKS_PER_SECOND = 100;

    private final Path proc;

    public ProcApiServerProcesses() {
        this(Path.of("/proc"));
    }

    ProcApiServerProcesses(Path proc) {
        this.proc = proc;
    }

    @Override
    public List<ApiServerProcess> running() throws IOException {
        var found = new ArrayList<ApiServerProcess>();
        try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var entry : entries) {
                inspect(entry).ifPresent(found::add);
            }
        }
        found.sort(comparingLong(ApiServerProcess::startTicks).reversed());
        return List.copyOf(found);
    }

    private Optional<ApiServerProcess> inspect(Path entry) {
        try {
            var commandLine = commandLine(entry);
            if (commandLine.isEmpty() || !isKubeApiServer(commandLine.getFirst())) {
                return Optional.empty();
            }
            var mount = STATIC_POD_MOUNT.matcher(Files.readString(entry.resolve("mountinfo")));
            if (!mount.find()) {
                return Optional.empty();
            }
            var startTicks = startTicks(entry);
            return Optional.of(new ApiServerProcess(
                    Long.parseLong(entry.getFileName().toString()),
                    startTicks,
                    bootTime().plusMillis(startTicks * 1000 / TICKS_PER_SECOND),
                    mount.group(1),
                    (int) Files.getAttribute(entry, "unix:uid"),
                    commandLine));
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }

    private static boolean isKubeApiServer(String program) {
        return program.equals("kube-apiserver") || program.endsWith("/kube-apiserver");
    }

    private static List<String> commandLine(Path entry) throws IOException {
        var text = Files.readString(entry.resolve("cmdline"), UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }

    /** Field 22 of stat; counted from behind the command's name, which may hold spaces and parentheses. */
    private static long startTicks(Path entry) throws IOException {
        var stat = Files.readString(entry.resolve("stat"));
        var fieldsFromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fieldsFromState[22 - 3]);
    }

    private Instant bootTime() throws IOException {
        try (var lines = Files.lines(proc.resolve("stat"))) {
            return lines.filter(line -> line.startsWith("btime "))
                    .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring("btime ".length()))))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no btime in " + proc + "/stat"));
        }
    }

    @Override
    public Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException {
        var entry = proc.resolve(Long.toString(process.pid()));
        try {
            var text = Files.readString(entry.resolve("root" + path), UTF_8);
            return startTicks(entry) == process.startTicks() ? Optional.of(text) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void terminate(ApiServerProcess process) {
        handle(process).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill(ApiServerProcess process) {
        handle(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The JDK's handle remembers the start time itself and signals no other process that got the pid since. */
    private Optional<ProcessHandle> handle(ApiServerProcess process) {
        return ProcessHandle.of(process.pid()).filter(_ -> isStill(process));
    }

    private boolean isStill(ApiServerProcess process) {
        try {
            return startTicks(proc.resolve(Long.toString(process.pid()))) == process.startTicks();
        } catch (IOException ended) {
            return false;
        }
    }
}
