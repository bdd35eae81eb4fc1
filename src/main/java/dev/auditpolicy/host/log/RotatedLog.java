package dev.auditpolicy.host.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a log that lumberjack rotates: it renames {@code audit.log} to {@code audit-2026-01-02T03-04-05.678.log} in the
 * same directory, and optionally compresses that file and appends {@code .gz}.
 *
 * @param current path of the current file
 */
public record RotatedLog(Path current) {

    /** A file of the log and its end. */
    public record Part(Path path, LogPosition end) {}

    Path directory() {
        return requireNonNull(current.getParent());
    }

    /** The current file, if it exists. */
    Optional<Part> newest() throws IOException {
        return part(current);
    }

    /** The uncompressed files, oldest first. The names contain the time. */
    List<Part> readable() throws IOException {
        var parts = new ArrayList<Part>();
        for (var path : rotated(suffix())) {
            part(path).ifPresent(parts::add);
        }
        newest().ifPresent(parts::add);
        return parts;
    }

    /** The last bytes of the uncompressed files. */
    InputStream last(long limit) throws IOException {
        var streams = new ArrayList<InputStream>();
        var missing = limit;
        for (var part : readable().reversed()) {
            if (missing <= 0) {
                break;
            }
            var size = part.end().offset();
            var stream = Files.newInputStream(part.path());
            stream.skipNBytes(Math.max(0, size - missing));
            streams.addFirst(stream);
            missing -= size;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Total size, including compressed files. */
    public long bytes() throws IOException {
        long bytes = newest().map(part -> part.end().offset()).orElse(0L);
        for (var path : rotated(suffix() + "{,.gz}")) {
            bytes += part(path).map(part -> part.end().offset()).orElse(0L);
        }
        return bytes;
    }

    public static Optional<Part> part(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, "unix:dev,ino,size");
            var end = new LogPosition(number(attributes, "dev"), number(attributes, "ino"), number(attributes, "size"));
            return Optional.of(new Part(path, end));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> attributes, String name) {
        return (long) requireNonNull(attributes.get(name));
    }

    private List<Path> rotated(String suffix) throws IOException {
        var paths = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(directory(), stem() + "-????-??-??T*" + suffix)) {
            entries.forEach(paths::add);
        } catch (NoSuchFileException absent) {
            return List.of();
        }
        return paths.stream().sorted().toList();
    }

    private String stem() {
        var name = current.getFileName().toString();
        return name.substring(0, name.length() - suffix().length());
    }

    /** The extension with its dot, as lumberjack defines it: that of ".log" is ".log". */
    private String suffix() {
        var name = current.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
