package dev.auditpolicy.host.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MappedLibrariesTest {

    /** From the image of the agent, shortened. */
    private static final String MAPS = """
            7f0c08000000-7f0c08021000 rw-p 00000000 00:00 0
            7f0c1c7d6000-7f0c1d8a1000 r-xp 00287000 00:2b 1189 /opt/java/lib/server/libjvm.so
            7f0c1dc00000-7f0c1dc26000 r--p 00000000 00:2b 1033                       /lib/x86_64-linux-gnu/libc.so.6
            7f0c1dc26000-7f0c1dd7b000 r-xp 00026000 00:2b 1033                       /lib/x86_64-linux-gnu/libc.so.6
            7f0c1de00000-7f0c1de10000 r--s 00000000 00:2b 1300                       /app/quarkus-run.jar
            7f0c1df4c000-7f0c1df72000 r-xp 00001000 00:2b 1030                       /lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
            7ffd0f5c9000-7ffd0f5cb000 r-xp 00000000 00:00 0                          [vdso]
            """;

    @Test
    void areThoseOutsideTheRuntime() {
        assertThat(new MappedLibraries(MAPS).outside(Path.of("/opt/java")))
                .extracting(library -> library.getFileName().toString())
                .contains("libc.so.6", "ld-linux-x86-64.so.2")
                .doesNotContain("libjvm.so", "quarkus-run.jar");
    }

    @Test
    void knowsTheLoadersOfTheSupportedArchitectures() {
        assertThat(new String[] {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"})
                .allMatch(MappedLibraries::isLoader);
        assertThat(MappedLibraries.isLoader("libc.so.6")).isFalse();
    }
}
