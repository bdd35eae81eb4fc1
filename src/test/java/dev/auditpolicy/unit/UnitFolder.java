package dev.auditpolicy.unit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import dev.auditpolicy.unit.command.DropIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A test case as a folder of files; it tracks unused files. */
final class UnitFolder {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/auditpolicy/unit/golden");

    private final Path folder;
    private final Set<String> unused;

    private UnitFolder(Path folder) {
        this.folder = folder;
        this.unused = names(folder);
    }

    static List<UnitFolder> all() {
        return names(GOLDEN).stream()
                .map(name -> new UnitFolder(GOLDEN.resolve(name)))
                .toList();
    }

    String name() {
        return folder.getFileName().toString();
    }

    Optional<String> read(String name) {
        return unused.remove(name) ? Optional.of(text(folder.resolve(name))) : Optional.empty();
    }

    /** The files that were never read. */
    List<String> unused() {
        return List.copyOf(unused);
    }

    /** The unit, its drop-ins ({@code *.conf}) and the variables ({@code environment}). */
    TestUnit unit() {
        var dropIns = new TreeMap<String, String>();
        names(folder).stream()
                .filter(name -> name.endsWith(".conf") && !name.equals("out.conf") && !name.equals(DropIn.NAME))
                .forEach(name -> dropIns.put(name, read(name).orElseThrow()));
        return new TestUnit(
                read(TestUnit.NAME).orElseThrow(),
                dropIns,
                read(DropIn.NAME),
                variables(read("environment").orElse("")));
    }

    private static Map<String, String> variables(String text) {
        var variables = new LinkedHashMap<String, String>();
        text.lines().forEach(line -> {
            var parts = line.split("=", 2);
            variables.put(parts[0], parts[1]);
        });
        return variables;
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(Path::getFileName).map(Path::toString).collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
