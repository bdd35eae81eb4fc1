package dev.auditpolicy.host.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a Java program: the runtime, the jars, the C library and its dynamic loader. The kernel finds the loader of a
 * program at a fixed path, which other images do not have, so the command names the loader of the copy.
 *
 * @param javaHome the runtime
 * @param jar the jar that starts the program; every file in its directory belongs to it
 * @param libraries the C library with its loader
 * @param locale a locale of the C library for UTF-8, without which Java reads file names as ASCII
 */
record ProgramFiles(Path javaHome, Path jar, List<Path> libraries, Path locale) {

    /** Programs, development files and licences of the runtime are not needed. */
    private static final List<String> RUNTIME = List.of("bin/java", "lib", "conf", "release");

    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");

    ProgramFiles {
        libraries = List.copyOf(libraries);
    }

    /** The files of this process. */
    static ProgramFiles ofThisProcess(Path javaHome, Path jar) throws IOException {
        return new ProgramFiles(javaHome, jar, MappedLibraries.ofThisProcess(javaHome), LOCALE);
    }

    /** The files by their relative path in a copy. */
    SortedMap<String, Path> byName() throws IOException {
        var files = new TreeMap<String, Path>();
        for (var part : RUNTIME) {
            add(files, "java/" + part, javaHome.resolve(part));
        }
        add(files, "app", jar.resolveSibling(""));
        add(files, "locale/" + locale.getFileName(), locale);
        libraries.forEach(library -> files.put("lib/" + library.getFileName(), library));
        return files;
    }

    private static void add(SortedMap<String, Path> files, String name, Path root) throws IOException {
        try (var found = Files.walk(root)) {
            found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> files.put(file.equals(root) ? name : name + "/" + root.relativize(file), file));
        }
    }

    /** Runs a copy in {@code directory}. */
    ProgramCommand command(Path directory) throws IOException {
        var loader = libraries.stream()
                .map(library -> library.getFileName().toString())
                .filter(MappedLibraries::isLoader)
                .findFirst()
                .orElseThrow(
                        () -> new IOException("cannot find the dynamic loader of this process in /proc/self/maps"));
        var lib = directory.resolve("lib");
        var command = List.of(
                lib.resolve(loader).toString(),
                "--library-path",
                lib.toString(),
                directory.resolve("java/bin/java").toString(),
                // By default, Java starts child processes through a program that needs a loader at the fixed path.
                "-Djdk.lang.Process.launchMechanism=FORK",
                "-jar",
                directory.resolve("app").resolve(jar.getFileName()).toString());
        var locales = directory.resolve("locale").toString();
        return new ProgramCommand(command, Map.of("LANG", "C.UTF-8", "LOCPATH", locales));
    }
}
