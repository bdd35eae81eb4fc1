package dev.auditpolicy.host.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * {@link ContainerStarts} from {@code /var/log/pods/kube-system_kube-apiserver-NODE_UID/kube-apiserver/N.log}, where
 * kubelet has the container runtime write: N counts the restarts of a container in one pod.
 */
public final class PodLogStarts implements ContainerStarts {

    /** Namespace, name and UID of the pod; a UID without dashes is a static pod's. */
    private static final Pattern STATIC_POD = Pattern.compile("kube-system_kube-apiserver-.*_([0-9a-f]{32})");

    private static final String STATIC_PODS = "kube-system_kube-apiserver-*";
    private static final String CONTAINER = "kube-apiserver";
    private static final Pattern LOG = Pattern.compile("(\\d+)\\.log");
    private static final int TAIL_BYTES = 32 * 1024;
    private static final int LONGEST_ERROR = 600;

    /** The runtime's own prefix: time, stream, and whether the line is whole. */
    private static final Pattern RUNTIME_PREFIX = Pattern.compile("^(\\S+) std(out|err) [FP] ");

    /** klog's errors and fatals, its structured {@code err=}, and cobra's word for why a command failed. */
    private static final Pattern ERROR = Pattern.compile("^([EF]\\d{4} |Error: )|\\berr=");

    private final Path pods;

    public PodLogStarts() {
        this(Path.of("/var/log/pods"));
    }

    PodLogStarts(Path pods) {
        this.pods = pods;
    }

    @Override
    public List<Start> list() throws IOException {
        var starts = new ArrayList<Start>();
        for (var pod : entries(pods, STATIC_PODS)) {
            var named = STATIC_POD.matcher(pod.getFileName().toString());
            if (named.matches()) {
                for (var log : entries(pod.resolve(CONTAINER), "*.log")) {
                    start(named.group(1), log).ifPresent(starts::add);
                }
            }
        }
        starts.sort(comparing(Start::at));
        return starts;
    }

    private static Optional<Start> start(String podUID, Path log) throws IOException {
        var numbered = LOG.matcher(log.getFileName().toString());
        try {
            return numbered.matches()
                    ? Optional.of(new Start(podUID, Integer.parseInt(numbered.group(1)), firstWritten(log)))
                    : Optional.empty();
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    /** A container that has not written yet has an empty log, as old as its start. */
    private static Instant firstWritten(Path log) throws IOException {
        try (var lines = Files.lines(log, ISO_8859_1)) {
            var first = lines.findFirst().map(RUNTIME_PREFIX::matcher).filter(Matcher::find);
            return first.isPresent()
                    ? Instant.parse(first.get().group(1))
                    : Files.getLastModifiedTime(log).toInstant();
        } catch (DateTimeParseException noTime) {
            return Files.getLastModifiedTime(log).toInstant();
        }
    }

    private static List<Path> entries(Path directory, String names) throws IOException {
        try (var entries = Files.newDirectoryStream(directory, names)) {
            return StreamSupport.stream(entries.spliterator(), false).toList();
        } catch (NoSuchFileException notThereYet) {
            return List.of();
        }
    }

    @Override
    public Optional<String> lastError(Start start) throws IOException {
        for (var pod : entries(pods, STATIC_PODS + "_" + start.podUID())) {
            return tail(pod.resolve(CONTAINER).resolve(start.restarts() + ".log"))
                    .lines()
                    .map(line -> RUNTIME_PREFIX.matcher(line).replaceFirst(""))
                    .filter(line -> ERROR.matcher(line).find())
                    .reduce((_, later) -> later)
                    .map(line -> line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + " [cut]");
        }
        return Optional.empty();
    }

    private static String tail(Path log) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var buffer = ByteBuffer.allocate(TAIL_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return new String(buffer.array(), 0, buffer.position(), UTF_8);
        }
    }
}
