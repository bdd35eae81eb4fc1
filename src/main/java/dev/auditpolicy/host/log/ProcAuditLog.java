package dev.auditpolicy.host.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.READ;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Proc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link AuditLog} through {@code /proc/PID}: {@code fd} contains the open files, {@code root} the files as the process sees
 * them. So the agent does not need to mount the directory of the log, and sees the mount of kube-apiserver, not a later one.
 */
public final class ProcAuditLog implements AuditLog {

    private static final String DELETED = " (deleted)";

    /** In bytes. The end of an event contains its time in microseconds. */
    private static final int FINGERPRINT = 256;

    private final Proc proc;

    public ProcAuditLog() {
        this(Path.of("/proc"));
    }

    ProcAuditLog(Path proc) {
        this.proc = new Proc(proc);
    }

    /**
     * An open file of the process.
     *
     * @param target path from the kernel, with the suffix {@value #DELETED} if the file was deleted
     */
    private record OpenFile(String target, long device, long inode) {}

    @Override
    public LogFile file(ApiServerProcess process, String path) throws IOException {
        var open = openFiles(process, path);
        if (open.isEmpty()) {
            return new LogFile.NotOpen();
        }
        var onDisk = log(process, path).newest();
        if (open.stream().anyMatch(file -> isSameFile(onDisk, file))) {
            var mount = mounts(process).readOnlyMountOf(path);
            return mount.isPresent()
                    ? notWritable(
                            "the file system at " + mount.get() + " is mounted read-only", "remount it read-write")
                    : access(process, path);
        }
        // The log may have been rotated between the two reads.
        return openFiles(process, path).equals(open) ? lost(open.getFirst(), path) : new LogFile.NotOpen();
    }

    /**
     * Asks the kernel without opening the file. A file that is immutable (chattr +i) refuses a write with EPERM, also through a
     * descriptor that was open before. EACCES is no evidence: kube-apiserver has capabilities that the agent has not.
     */
    private LogFile access(ApiServerProcess process, String path) {
        var file = proc.entry(process.pid()).resolve("root" + path);
        try {
            file.getFileSystem().provider().checkAccess(file, AccessMode.WRITE);
        } catch (AccessDeniedException | NoSuchFileException unknown) {
            return new LogFile.InPlace();
        } catch (FileSystemException refused) {
            return notWritable(
                    path + " refuses a write: " + refused.getReason(),
                    "remove the attribute immutable from it (lsattr, chattr -i), or remount its file system read-write");
        } catch (IOException unknown) {
            return new LogFile.InPlace();
        }
        return new LogFile.InPlace();
    }

    private static LogFile notWritable(String cause, String solution) {
        return new LogFile.NotWritable("the live kube-apiserver cannot write its audit log: " + cause, solution);
    }

    private static boolean isSameFile(Optional<RotatedLog.Part> onDisk, OpenFile file) {
        return onDisk.filter(part ->
                        part.end().device() == file.device() && part.end().inode() == file.inode())
                .isPresent();
    }

    private static LogFile lost(OpenFile file, String path) {
        return new LogFile.Lost(
                file.target().endsWith(DELETED)
                        ? "the live kube-apiserver writes its audit log to a deleted file (" + path + ")"
                        : "the live kube-apiserver writes its audit log to " + file.target()
                                + ", which was renamed from " + path);
    }

    /** Files in the directory of the log that are open for writing, except the compressed files that lumberjack writes. */
    private List<OpenFile> openFiles(ApiServerProcess process, String path) throws IOException {
        var directory = path.substring(0, path.lastIndexOf('/') + 1);
        var found = new ArrayList<OpenFile>();
        try (var descriptors =
                Files.newDirectoryStream(proc.entry(process.pid()).resolve("fd"))) {
            for (var descriptor : descriptors) {
                inspect(process, descriptor, directory).ifPresent(found::add);
            }
        } catch (NoSuchFileException exited) {
            return List.of();
        }
        return proc.startTicks(process.pid()) == process.startTicks() ? found : List.of();
    }

    private Optional<OpenFile> inspect(ApiServerProcess process, Path descriptor, String directory) {
        try {
            var target = Files.readSymbolicLink(descriptor).toString();
            if (!target.startsWith(directory)
                    || target.endsWith(".gz")
                    || !proc.isWritable(process.pid(), descriptor.getFileName().toString())) {
                return Optional.empty();
            }
            return RotatedLog.part(descriptor)
                    .map(part ->
                            new OpenFile(target, part.end().device(), part.end().inode()));
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public LogPosition end(ApiServerProcess process, String path) throws IOException {
        return log(process, path).newest().map(RotatedLog.Part::end).orElse(LogPosition.BEGINNING);
    }

    @Override
    public LogText read(ApiServerProcess process, String path, LogPosition from, int limit) throws IOException {
        var parts = log(process, path).readable();
        if (parts.isEmpty()) {
            return new LogText(from, 0, List.of());
        }
        var first = first(parts, from);
        var reader = new LineReader();
        var next = from;
        long bytes = 0;
        for (var part : parts.subList(first, parts.size())) {
            var start = start(part, from);
            var end = reader.read(part.path(), start, limit - bytes);
            if (end == start && bytes == 0 && part.end().offset() - start >= limit) {
                end = reader.skip();
            }
            bytes += end - start;
            next = part.end().at(end);
            if (part.end().offset() - end >= limit - bytes) {
                break;
            }
        }
        return new LogText(next, bytes, reader.events());
    }

    @Override
    public Optional<LogTail> tail(ApiServerProcess process, String path, LogPosition position) throws IOException {
        for (var part : log(process, path).readable()) {
            if (part.end().isSameFileAs(position)) {
                return Optional.of(tail(part.path(), position.offset()));
            }
        }
        return Optional.empty();
    }

    private static LogTail tail(Path file, long end) throws IOException {
        var createdAt = Files.readAttributes(file, BasicFileAttributes.class)
                .creationTime()
                .toInstant();
        var buffer = ByteBuffer.allocate((int) Math.min(end, FINGERPRINT));
        try (var channel = FileChannel.open(file, READ)) {
            channel.read(buffer, end - buffer.capacity());
        }
        return new LogTail(createdAt, new String(buffer.array(), 0, buffer.position(), ISO_8859_1));
    }

    /** A file that is shorter than before was truncated, or is another file that reuses the inode. */
    private static long start(RotatedLog.Part part, LogPosition from) {
        return part.end().isSameFileAs(from) && from.offset() <= part.end().offset() ? from.offset() : 0;
    }

    /** The index of the file that contains {@code from}, or else of the current file. */
    private static int first(List<RotatedLog.Part> parts, LogPosition from) {
        for (var index = 0; index < parts.size(); index++) {
            if (parts.get(index).end().isSameFileAs(from)) {
                return index;
            }
        }
        return parts.size() - 1;
    }

    @Override
    public InputStream last(ApiServerProcess process, String path, long limit) throws IOException {
        return log(process, path).last(limit);
    }

    @Override
    public LogUsage usage(ApiServerProcess process, String path) throws IOException {
        var log = log(process, path);
        // Not FileStore: it resolves the path first and would report another file system.
        var directory = log.directory().toFile();
        return new LogUsage(log.bytes(), directory.getUsableSpace(), directory.getTotalSpace());
    }

    private RotatedLog log(ApiServerProcess process, String path) {
        return new RotatedLog(proc.entry(process.pid()).resolve("root" + path));
    }

    private MountTable mounts(ApiServerProcess process) throws IOException {
        return new MountTable(Files.readString(proc.entry(process.pid()).resolve("mountinfo")));
    }
}
