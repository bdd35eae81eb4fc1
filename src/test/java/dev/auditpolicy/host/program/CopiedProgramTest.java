package dev.auditpolicy.host.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies a Java runtime with the C library of this machine, and runs it. */
class CopiedProgramTest {

    @TempDir
    private static Path program;

    @TempDir
    private Path node;

    /** The main class of the program. Prints how it was started. */
    static final class Main {
        private Main() {}

        public static void main(String... arguments) throws IOException {
            System.out.println(System.getProperty("java.home"));
            System.out.println(System.getProperty("sun.jnu.encoding"));
            System.out.println(String.join(" ", arguments));
            System.out.println(Files.readString(Path.of("/proc/self/maps")));
        }
    }

    @BeforeAll
    static void aProgram() throws IOException {
        var jlink = ToolProvider.findFirst("jlink").orElseThrow();
        var runtime = program.resolve("runtime").toString();
        assertThat(jlink.run(System.out, System.err, "--add-modules", "java.base", "--output", runtime))
                .isZero();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        var main = Main.class.getName().replace('.', '/') + ".class";
        Files.createDirectory(program.resolve("app"));
        try (var jar = new JarOutputStream(Files.newOutputStream(program.resolve("app/main.jar")), manifest);
                var bytes = Main.class.getClassLoader().getResourceAsStream(main)) {
            jar.putNextEntry(new JarEntry(main));
            bytes.transferTo(jar);
        }
    }

    /** As in an image without any library: what runs comes from the copy alone. */
    @Test
    void runsFromTheCopyAlone() throws IOException, InterruptedException {
        var command = copied(new ProgramTrial()).install();

        var lines = output(command, "guard");

        var copy = directories().getFirst();
        assertThat(lines).startsWith(copy.resolve("java").toString(), "UTF-8", "guard");
        assertThat(lines.stream().filter(line -> line.contains(".so")))
                .isNotEmpty()
                .allMatch(line -> line.contains(copy.toString()));
    }

    @Test
    void isTriedOnceAndThenReused() throws IOException, InterruptedException {
        var copied = copied(new ProgramTrial());
        var first = copied.install();
        var installed = Files.getLastModifiedTime(directories().getFirst());

        assertThat(copied.install()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(directories().getFirst())).isEqualTo(installed);
    }

    /** A guard must not be the first to find out, after a power cut. */
    @Test
    void replacesACopyThatWasDamaged() throws IOException, InterruptedException {
        var copied = copied(new ProgramTrial());
        copied.install();
        var modules = directories().getFirst().resolve("java/lib/modules");
        Files.writeString(modules, "damaged");

        copied.install();

        assertThat(Files.mismatch(modules, program.resolve("runtime/lib/modules")))
                .isEqualTo(-1);
    }

    /** As on a file system that is mounted with noexec. */
    @Test
    void failsIfTheCopyDoesNotRun() {
        var noLoader = new ProgramFiles(
                program.resolve("runtime"),
                program.resolve("app/main.jar"),
                List.of(notExecutable("ld-linux-x86-64.so.2")),
                locale());

        assertThatThrownBy(() -> new CopiedProgram(node.resolve("guard"), () -> noLoader, new ProgramTrial()).install())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ld-linux-x86-64.so.2 does not run")
                .hasMessageContaining("noexec");
    }

    @Test
    void deletesOnlyTheCopiesOfOtherVersions() throws IOException, InterruptedException {
        var copied = copied(new ProgramTrial());
        copied.install();
        Files.createDirectories(node.resolve("guard/0123456789abcdef/java"));

        copied.deleteOthers();

        assertThat(directories()).hasSize(1).allMatch(directory -> Files.exists(directory.resolve("java/bin/java")));
    }

    private CopiedProgram copied(ProgramTrial trial) {
        return new CopiedProgram(
                node.resolve("guard"),
                () -> new ProgramFiles(
                        program.resolve("runtime"),
                        program.resolve("app/main.jar"),
                        MappedLibraries.ofThisProcess(Path.of(System.getProperty("java.home"))),
                        locale()),
                trial);
    }

    private static Path locale() {
        return Path.of("/usr/lib/locale/C.utf8");
    }

    private Path notExecutable(String name) {
        try {
            return Files.writeString(node.resolve(name), "");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<Path> directories() throws IOException {
        try (var found = Files.list(node.resolve("guard"))) {
            return found.toList();
        }
    }

    private static List<String> output(ProgramCommand program, String argument)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(program.command());
        command.add(argument);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        var process = builder.start();
        try (var output = process.inputReader()) {
            return output.lines().toList();
        } finally {
            process.waitFor();
        }
    }
}
