package dev.auditpolicy.host.destination;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.log.MountTable;
import dev.auditpolicy.host.log.RotatedLog;
import dev.auditpolicy.host.process.Proc;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * {@link LogDestinations} through {@code /proc/1/root}, which is the root of the node in a pod with {@code hostPID}. So the agent
 * does not need to mount /var/log. Nothing is written, so obstacles that only a write shows, such as the attribute
 * "immutable", are not detected.
 */
public final class ProcLogDestinations implements LogDestinations {

    private static final long INIT = 1;

    /** Parent of all log directories. Links are rejected only below it. */
    private static final String ROOT = "/var/log";

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
    public LogDestination inspect(String path, ProcessUser user) throws IOException {
        requireRootDirectory();
        var nearest = ROOT;
        for (var end = path.indexOf('/', ROOT.length() + 1); end > 0; end = path.indexOf('/', end + 1)) {
            var directory = path.substring(0, end);
            var found = attributes(directory);
            if (found.isEmpty()) {
                return destination(path, nearest, access(user).missingDirectory(parent(path)));
            }
            if (!found.get().isDirectory()) {
                return destination(path, nearest, Optional.of(obstacle(directory, found.get(), "a directory")));
            }
            nearest = directory;
        }
        var obstacle = access(user).directory(nearest);
        var file = attributes(path);
        if (file.isEmpty()) {
            return destination(path, nearest, obstacle);
        }
        if (!file.get().isRegularFile()) {
            return destination(path, nearest, Optional.of(obstacle(path, file.get(), "a file")));
        }
        obstacle = obstacle.isPresent() ? obstacle : access(user).file(path);
        return destination(
                path, nearest, obstacle.isPresent() ? obstacle : new ExistingFile(path, onHost(path)).obstacle(proc));
    }

    private LogAccess access(ProcessUser user) {
        return new LogAccess(user, this::onHost);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private LogDestination destination(String path, String nearest, Optional<String> obstacle) throws IOException {
        var mounts = new MountTable(Files.readString(proc.entry(INIT).resolve("mountinfo")));
        var directory = onHost(nearest).toFile();
        var bytes = obstacle.isPresent() ? 0 : new RotatedLog(onHost(path)).bytes();
        return new LogDestination(
                obstacle.or(() -> mounts.readOnlyMountOf(nearest)
                        .map(mount -> "the file system at " + mount
                                + " is mounted read-only: remount it read-write, or choose another log.path")),
                new LogUsage(bytes, directory.getUsableSpace(), directory.getTotalSpace()),
                etcd.growthOn((long) Files.getAttribute(onHost(nearest), "unix:dev")));
    }

    private static String obstacle(String path, BasicFileAttributes found, String expected) {
        return path + " is " + kind(found) + ", not " + expected + ": choose another log.path, or move it away";
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

    /** A link with an absolute target would lead to the root of the agent's container. */
    private void requireRootDirectory() throws IOException {
        for (var directory : new String[] {"/var", ROOT}) {
            if (attributes(directory).filter(BasicFileAttributes::isDirectory).isEmpty()) {
                throw new IOException(directory
                        + " on the node is missing or is not a directory: create the directory; the agent does not"
                        + " follow links");
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
