package dev.auditpolicy.host.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a log that lumberjack rotates: it renames {@code audit.log} to {@code audit-2026-01-02T03-04-05.678.log} in the
 * same directory, and compresses that to one with {@code .gz} at its end.
 *
 * @param current the file that is written to
 */
record RotatedLog(Path current) {

    /** One file of it, and where it ends. */
    record Part(Path path, LogPosition end) {}

    /** The present file, if there is one. */
    Optional<Part> newest() throws IOException {
        return part(current);
    }

    /** All that can be read, the oldest first: the names hold the time. */
    List<Part> readable() throws IOException {
        var parts = new ArrayList<Part>();
        for (var path : rotated(suffix())) {
            part(path).ifPresent(parts::add);
        }
        newest().ifPresent(parts::add);
        return parts;
    }

    /** Size of all files, compressed ones included. */
    long bytes() throws IOException {
        long bytes = newest().map(part -> part.end().offset()).orElse(0L);
        for (var path : rotated(suffix() + "{,.gz}")) {
            bytes += part(path).map(part -> part.end().offset()).orElse(0L);
        }
        return bytes;
    }

    static Optional<Part> part(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino,size");
            return Optional.of(
                    new Part(path, new LogPosition((long) attributes.get("dev"), (long) attributes.get("ino"), (long)
                            attributes.get("size"))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private List<Path> rotated(String suffix) throws IOException {
        var paths = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(current.getParent(), stem() + "-????-??-??T*" + suffix)) {
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

    /** With its dot; lumberjack takes the whole of ".log" for one, too. */
    private String suffix() {
        var name = current.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
