package dev.auditpolicy.cli.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The kubectl of the user, so that the command reaches the same cluster in the same way: contexts, credential plugins, proxies. A
 * client library would add 40 MB to a command that otherwise needs no cluster.
 *
 * @param command with the options that choose the cluster
 */
public record Kubectl(List<String> command) {

    private record Result(int exitCode, String output, String error) {}

    /**
     * Runs it to its end and returns what it printed.
     *
     * @throws KubectlException if it can't be run or fails, with its error
     */
    public String run(String... arguments) {
        return run("", List.of(arguments));
    }

    /**
     * Runs it to its end and returns what it printed.
     *
     * @param object passed as standard input
     * @throws KubectlException if it can't be run or fails, with its error
     */
    public String runWith(String object, String... arguments) {
        return run(object, List.of(arguments));
    }

    private String run(String input, List<String> arguments) {
        var result = execute(input, arguments);
        if (result.exitCode() != 0) {
            throw new KubectlException("kubectl " + String.join(" ", arguments) + ": "
                    + result.error().strip());
        }
        return result.output();
    }

    private Result execute(String input, List<String> arguments) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var process = new ProcessBuilder(
                            Stream.concat(command.stream(), arguments.stream()).toList())
                    .start();
            var error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), executor);
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            var output = read(process.getInputStream());
            return new Result(process.waitFor(), output, error.join());
        } catch (IOException failure) {
            throw new KubectlException(
                    "cannot run kubectl, which this command uses to reach the cluster: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KubectlException("interrupted while waiting for kubectl");
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
