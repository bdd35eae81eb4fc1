package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The real kubectl, for one cluster. */
public final class Kubectl implements AutoCloseable {

    private final Path binary;
    private final Path home;

    private Kubectl(Path binary, Path home) {
        this.binary = binary;
        this.home = home;
    }

    static Kubectl of(Path binaries, String kubeconfig) {
        try {
            var home = Files.createTempDirectory("kubectl");
            Files.writeString(home.resolve("config"), kubeconfig);
            return new Kubectl(binaries.resolve("kubectl"), home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end; standard output and error come together, as on a terminal. */
    public Result run(String... arguments) {
        var command = Stream.concat(
                        Stream.of(
                                binary.toString(),
                                "--kubeconfig=" + home.resolve("config"),
                                "--cache-dir=" + home.resolve("cache")),
                        Stream.of(arguments))
                .toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(List.of(arguments), process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for kubectl", e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a call ended. */
    public record Result(List<String> arguments, int exitCode, String output) {

        /** Fails the test unless kubectl succeeded; returns what it printed. */
        public String expectSuccess() {
            assertThat(exitCode).as("kubectl %s%n%s", arguments, output).isZero();
            return output;
        }

        /** Fails the test unless kubectl failed; returns what it printed. */
        public String expectFailure() {
            assertThat(exitCode).as("kubectl %s%n%s", arguments, output).isNotZero();
            return output;
        }
    }
}
