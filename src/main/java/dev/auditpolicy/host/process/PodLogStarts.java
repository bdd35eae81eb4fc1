package dev.auditpolicy.host.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * {@link ContainerStarts} from the container logs {@code /var/log/pods/kube-system_kube-apiserver-NODE_UID/kube-apiserver/N.log}.
 * N counts the restarts of the container in one pod.
 */
public final class PodLogStarts implements ContainerStarts {

    /** Namespace, name and UID of the pod. Only the UID of a static pod has no dashes. */
    private static final Pattern STATIC_POD_DIRECTORY = Pattern.compile("kube-system_kube-apiserver-.*_([0-9a-f]{32})");

    private static final String STATIC_PODS = "kube-system_kube-apiserver-*";
    private static final String CONTAINER = "kube-apiserver";
    private static final Pattern LOG = Pattern.compile("(\\d+)\\.log");
    private static final int TAIL_BYTES = 32 * 1024;

    /** Prefix that the container runtime adds: time, stream, and whether the line is complete. */
    private static final Pattern RUNTIME_PREFIX = Pattern.compile("^(\\S+) std(out|err) [FP] ");

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
        for (var pod : children(pods, STATIC_PODS)) {
            var named = STATIC_POD_DIRECTORY.matcher(pod.getFileName().toString());
            if (named.matches()) {
                for (var log : children(pod.resolve(CONTAINER), "*.log")) {
                    parse(named.group(1), log).ifPresent(starts::add);
                }
            }
        }
        starts.sort(comparing(Start::at));
        return starts;
    }

    private static Optional<Start> parse(String podUID, Path log) throws IOException {
        var numbered = LOG.matcher(log.getFileName().toString());
        if (!numbered.matches()) {
            return Optional.empty();
        }
        try {
            return firstLineTime(log)
                    .map(at -> new Start(new StartID(podUID, Integer.parseInt(numbered.group(1))), at));
        } catch (NoSuchFileException deletedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Empty for an empty log: the runtime creates the log with the container, seconds before its process on a busy node. */
    private static Optional<Instant> firstLineTime(Path log) throws IOException {
        try (var lines = Files.lines(log, ISO_8859_1)) {
            var first = lines.findFirst();
            var prefix = first.map(RUNTIME_PREFIX::matcher).filter(Matcher::find);
            return prefix.isPresent()
                    ? Optional.of(Instant.parse(prefix.get().group(1)))
                    : first.isPresent() ? Optional.of(lastModified(log)) : Optional.empty();
        } catch (DateTimeParseException notATime) {
            return Optional.of(lastModified(log));
        }
    }

    private static Instant lastModified(Path log) throws IOException {
        return Files.getLastModifiedTime(log).toInstant();
    }

    private static List<Path> children(Path directory, String glob) throws IOException {
        try (var entries = Files.newDirectoryStream(directory, glob)) {
            return StreamSupport.stream(entries.spliterator(), false).toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    @Override
    public Optional<String> lastError(Start start) throws IOException {
        for (var pod : children(pods, STATIC_PODS + "_" + start.id().podUID())) {
            return LoggedErrors.last(
                    tail(pod.resolve(CONTAINER).resolve(start.id().restarts() + ".log"))
                            .lines()
                            .map(line -> RUNTIME_PREFIX.matcher(line).replaceFirst("")));
        }
        return Optional.empty();
    }

    /** Without a first line whose beginning is cut off: the rest of a credential is not recognizable. */
    private static String tail(Path log) throws IOException {
        try (var channel = Files.newByteChannel(log)) {
            var start = Math.max(0, channel.size() - TAIL_BYTES);
            channel.position(start);
            var buffer = ByteBuffer.allocate(TAIL_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            var text = new String(buffer.array(), 0, buffer.position(), UTF_8);
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
