package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Policy files of public clusters, converted by "auditpolicy import". */
final class Imported {

    private Imported() {}

    static String fromCorpus(String policy, String logPath) {
        return run(
                        "import",
                        "--policy",
                        Path.of("src/test/resources/policies", policy).toString(),
                        "--log-path",
                        logPath)
                + "  rollout: {minReadySeconds: 2, drainSeconds: 3}\n";
    }

    private static String run(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", "target/quarkus-app/quarkus-run.jar"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + printed);
            }
            return printed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted");
        }
    }
}
