package dev.auditpolicy.host.log;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.auditpolicy.host.process.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * {@link LogDestinations} through {@code /proc/1/root}, the node's own root for a pod with {@code hostPID}: what kubelet will mount
 * into kube-apiserver. No mount of /var/log is needed for that, and nothing is opened or written, which leaves unseen what
 * only an attempt would show, such as the attribute "immutable".
 */
public final class ProcLogDestinations implements LogDestinations {

    private static final long INIT = 1;

    /** Above it the node's administrator decides what is a link. */
    private static final String TOP = "/var/log";

    private final Proc proc;
    private final EtcdData etcd;

    public ProcLogDestinations() {
        this(Path.of("/proc"));
    }

    ProcLogDestinations(Path proc) {
        this.proc = new Proc(proc);
        this.etcd = new EtcdData(this.proc);
    }

    @Override
    public LogDestination inspect(String path) throws IOException {
        requireTop();
        var nearest = TOP;
        for (var end = path.indexOf('/', TOP.length() + 1); end > 0; end = path.indexOf('/', end + 1)) {
            var directory = path.substring(0, end);
            var found = attributes(directory);
            if (found.isEmpty()) {
                return site(path, nearest, Optional.empty());
            }
            if (!found.get().isDirectory()) {
                return site(path, nearest, Optional.of(inTheWay(directory, found.get(), "a directory")));
            }
            nearest = directory;
        }
        var obstacle =
                attributes(path).filter(file -> !file.isRegularFile()).map(file -> inTheWay(path, file, "a file"));
        return site(path, nearest, obstacle);
    }

    private LogDestination site(String path, String nearest, Optional<String> obstacle) throws IOException {
        var mounts = new MountTable(Files.readString(proc.entry(INIT).resolve("mountinfo")));
        var directory = onHost(nearest).toFile();
        var bytes = obstacle.isPresent() ? 0 : new RotatedLog(onHost(path)).bytes();
        return new LogDestination(
                obstacle.or(() -> mounts.readOnlyMountOf(nearest)
                        .map(mount -> "the file system at " + mount
                                + " is mounted read-only: mount it writable, or choose" + " another log.path")),
                new LogUsage(bytes, directory.getUsableSpace(), directory.getTotalSpace()),
                etcd.growthOn((long) Files.getAttribute(onHost(nearest), "unix:dev")));
    }

    private static String inTheWay(String path, BasicFileAttributes found, String wanted) {
        return path + " is " + kind(found) + ", not " + wanted + ": remove it, or choose another log.path";
    }

    private static String kind(BasicFileAttributes found) {
        if (found.isSymbolicLink()) {
            return "a symbolic link";
        }
        if (found.isDirectory()) {
            return "a directory";
        }
        return found.isRegularFile() ? "a file" : "a special file";
    }

    /** A link with an absolute target would lead out of the node's root, into the agent's. */
    private void requireTop() throws IOException {
        for (var directory : new String[] {"/var", TOP}) {
            if (attributes(directory).filter(BasicFileAttributes::isDirectory).isEmpty()) {
                throw new IOException(
                        directory + " of the node is a link, which the agent does not follow, or not there");
            }
        }
    }

    private Optional<BasicFileAttributes> attributes(String path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(onHost(path), BasicFileAttributes.class, NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private Path onHost(String path) {
        return proc.entry(INIT).resolve("root" + path);
    }
}
