package dev.auditpolicy.host.destination;

import dev.auditpolicy.host.log.LineReader;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.RotatedLog;
import dev.auditpolicy.host.process.Proc;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file at the path of a future audit log. kube-apiserver would append to it, and rename and delete it when it rotates, also if
 * it belongs to another program.
 *
 * @param path on the node
 * @param file the same file as the agent sees it
 */
record ExistingFile(String path, Path file) {

    /** At the beginning and at the end. A log that was truncated begins with zeros; an event has at most 1.5 MB by default. */
    private static final long READ = 4 * 1024 * 1024;

    private static final String REMEDY = ": choose another log.path";

    /** Why kube-apiserver must not write to the file. */
    Optional<String> obstacle(Proc proc) throws IOException {
        var end = RotatedLog.part(file).map(RotatedLog.Part::end);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        var writer = writer(proc, end.get());
        if (writer.isPresent()) {
            return Optional.of(
                    path + " is the file of another program: " + writer.get() + " has it open for writing" + REMEDY);
        }
        var bytes = end.get().offset();
        return bytes == 0 || hasEvents(bytes)
                ? Optional.empty()
                : Optional.of(path + " has " + bytes
                        + " bytes and contains no audit event of kube-apiserver, which would append to"
                        + " it and rotate it away: move the file, or choose another log.path");
    }

    private boolean hasEvents(long bytes) throws IOException {
        var reader = new LineReader();
        reader.read(file, 0, READ);
        if (reader.events().isEmpty() && bytes > READ) {
            reader.read(file, Math.max(READ, bytes - READ), READ);
        }
        return !reader.events().isEmpty();
    }

    /** A process, other than a kube-apiserver, that has the file open for writing. */
    private Optional<String> writer(Proc proc, LogPosition end) throws IOException {
        for (var pid : proc.pids()) {
            if (isOpenForWriting(proc, pid, end)) {
                var command = commandLine(proc, pid);
                if (!Proc.isProgram(command, "kube-apiserver")) {
                    return Optional.of(command.stream().findFirst().orElse("a process") + " (PID " + pid + ")");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOpenForWriting(Proc proc, long pid, LogPosition end) {
        try (var descriptors = Files.newDirectoryStream(proc.entry(pid).resolve("fd"))) {
            for (var descriptor : descriptors) {
                if (isOpenForWriting(proc, pid, descriptor, end)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException exitedMeanwhile) {
            return false;
        }
    }

    /** Compares the name first: a file of another name could be on a network file system that does not respond. */
    private boolean isOpenForWriting(Proc proc, long pid, Path descriptor, LogPosition end) {
        try {
            return Files.readSymbolicLink(descriptor).endsWith(file.getFileName())
                    && RotatedLog.part(descriptor)
                            .filter(part -> part.end().isSameFileAs(end))
                            .isPresent()
                    && proc.isWritable(pid, descriptor.getFileName().toString());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static List<String> commandLine(Proc proc, long pid) {
        try {
            return proc.commandLine(pid);
        } catch (IOException exited) {
            return List.of();
        }
    }
}
