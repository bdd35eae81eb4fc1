package dev.auditpolicy.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A test case as a folder of files; it tracks unused files. */
final class GoldenFolder {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/auditpolicy/manifest");

    private final Path folder;
    private final Set<String> unused;

    private GoldenFolder(Path folder, Set<String> unused) {
        this.folder = folder;
        this.unused = unused;
    }

    static GoldenFolder of(Path folder) {
        return new GoldenFolder(folder, names(folder));
    }

    static List<Path> in(String name) {
        return names(RESOURCES.resolve(name)).stream()
                .map(RESOURCES.resolve(name)::resolve)
                .toList();
    }

    static String text(String path) {
        return text(RESOURCES.resolve(path));
    }

    static String text(Path path) {
        try {
            return Files.readString(path, UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<String> read(String name) {
        return unused.remove(name) ? Optional.of(text(folder.resolve(name))) : Optional.empty();
    }

    /** The files that were never read. */
    List<String> unused() {
        return List.copyOf(unused);
    }

    private static Set<String> names(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(Path::getFileName).map(Path::toString).collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
