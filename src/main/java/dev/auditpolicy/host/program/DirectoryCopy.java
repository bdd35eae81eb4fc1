package dev.auditpolicy.host.program;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * A copy of files in a directory, complete and durable or absent.
 *
 * @param files by their relative path in the copy
 */
record DirectoryCopy(Map<String, Path> files) {

    private static final long RESERVE = 64_000_000;

    /** Whether the directory has every file with the same content. */
    boolean isAt(Path directory) throws IOException {
        for (var file : files.entrySet()) {
            try {
                if (Files.mismatch(file.getValue(), directory.resolve(file.getKey())) != -1) {
                    return false;
                }
            } catch (NoSuchFileException absent) {
                return false;
            }
        }
        return true;
    }

    /** Replaces the directory. */
    void createAt(Path directory) throws IOException {
        var partial = directory.resolveSibling(".partial");
        try {
            delete(partial);
            createDirectories(partial);
            requireSpaceAt(partial);
            for (var file : files.entrySet()) {
                copy(file.getValue(), partial.resolve(file.getKey()));
            }
            try (var directories = Files.walk(partial)) {
                for (var created : directories.filter(Files::isDirectory).toList()) {
                    synchronize(created);
                }
            }
            delete(directory);
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
            synchronize(directory.resolveSibling(""));
        } finally {
            delete(partial);
        }
    }

    /** A copy that fills the disk would stop etcd, which is often on the same one. */
    private void requireSpaceAt(Path directory) throws IOException {
        var needed = RESERVE;
        for (var file : files.values()) {
            needed += Files.size(file);
        }
        var free = Files.getFileStore(directory).getUsableSpace();
        if (free < needed) {
            throw new IOException("the program of the guard and a reserve need " + megabytes(needed) + " MB, and "
                    + megabytes(free) + " MB are free at " + directory.resolveSibling(""));
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    /** Deletes a directory with its content, if there is one. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var content = Files.walk(directory)) {
            for (var file : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Synchronizes each file by itself: 100 MB at once would delay the writes of etcd on the same disk. */
    private static void copy(Path from, Path to) throws IOException {
        createDirectories(to.resolveSibling(""));
        var mode = Files.isExecutable(from) ? "rwx------" : "rw-------";
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
        try (var source = FileChannel.open(from, READ);
                var target = FileChannel.open(to, Set.of(CREATE_NEW, WRITE), permissions)) {
            var size = source.size();
            for (long done = 0; done < size; ) {
                done += source.transferTo(done, size - done, target);
            }
            target.force(true);
        }
    }

    private static void createDirectories(Path directory) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(directory, permissions);
    }

    private static void synchronize(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
