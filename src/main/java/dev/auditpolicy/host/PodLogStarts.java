package dev.auditpolicy.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@link ContainerStarts} from {@code /var/log/pods/kube-system_kube-apiserver-NODE_UID/kube-apiserver/N.log}, where
 * kubelet has the container runtime write: N counts the restarts of a container in one pod.
 */
public final class PodLogStarts implements ContainerStarts {

    private static final String STATIC_PODS = "kube-system_kube-apiserver-*";
    private static final int TAIL_BYTES = 32 * 1024;
    private static final int LONGEST_ERROR = 600;

    /** The runtime's own prefix: time, stream, and whether the line is whole. */
    private static final Pattern RUNTIME_PREFIX = Pattern.compile("^\\S+ std(out|err) [FP] ");

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
    public Set<String> seen() throws IOException {
        var starts = new TreeSet<String>();
        try (var directories = Files.newDirectoryStream(pods, STATIC_PODS)) {
            for (var pod : directories) {
                collect(pod, starts);
            }
        } catch (NoSuchFileException noPods) {
            return Set.of();
        }
        return starts;
    }

    private void collect(Path pod, Set<String> starts) throws IOException {
        try (var logs = Files.newDirectoryStream(pod.resolve("kube-apiserver"), "[0-9]*.log")) {
            logs.forEach(log -> starts.add(pods.relativize(log).toString()));
        } catch (NoSuchFileException notStartedYet) {
            return;
        }
    }

    @Override
    public Optional<String> lastError(String start) throws IOException {
        return tail(pods.resolve(start))
                .lines()
                .map(line -> RUNTIME_PREFIX.matcher(line).replaceFirst(""))
                .filter(line -> ERROR.matcher(line).find())
                .reduce((_, later) -> later)
                .map(line -> line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + " [cut]");
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
