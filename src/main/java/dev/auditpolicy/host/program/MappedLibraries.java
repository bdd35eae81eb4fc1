package dev.auditpolicy.host.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The libraries of the C library that a process of this machine has loaded, from {@code /proc/PID/maps} (proc(5)). */
record MappedLibraries(String maps) {

    /** Address, permissions, offset, device and inode come first. */
    private static final Pattern FILE =
            Pattern.compile("^[0-9a-f]+-[0-9a-f]+ \\S+ \\S+ \\S+ \\d+ +(/.*\\.so(?:\\.\\d+)*)$");

    private static final Pattern LOADER = Pattern.compile("ld-linux[a-z0-9-]*\\.so\\.\\d+");

    /** glibc loads it when a thread ends, so it may not be loaded yet. */
    private static final String LOADED_LATE = "libgcc_s.so.1";

    /** Without the libraries of the Java runtime. */
    static List<Path> ofThisProcess(Path javaHome) throws IOException {
        return new MappedLibraries(Files.readString(Path.of("/proc/self/maps"))).outside(javaHome.toRealPath());
    }

    static boolean isLoader(String name) {
        return LOADER.matcher(name).matches();
    }

    List<Path> outside(Path javaHome) {
        var loaded = maps.lines()
                .map(FILE::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Path.of(matcher.group(1)))
                .filter(library -> !library.startsWith(javaHome))
                .distinct()
                .toList();
        var late = loaded.stream()
                .map(library -> library.resolveSibling(LOADED_LATE))
                .filter(Files::exists)
                .limit(1);
        return Stream.concat(loaded.stream(), late).distinct().sorted().toList();
    }
}
