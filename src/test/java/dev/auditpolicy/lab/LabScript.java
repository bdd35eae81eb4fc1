package dev.auditpolicy.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code src/lab/lab}, one process for each command.
 *
 * @param settings environment variables beside those of this process
 */
record LabScript(Path path, Duration limit, Map<String, String> settings) {

    LabScript in(Map<String, String> otherSettings) {
        return new LabScript(path, limit, otherSettings);
    }

    /** Returns the standard output; throws if the command fails or takes longer than the limit. */
    String run(String input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(settings);
            Process process = builder.start();
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(() -> text(process.getInputStream()), LabScript::start);
            CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), LabScript::start);
            start(() -> feed(process, input));
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new LabException(command, "did not exit within " + limit, null);
            }
            if (process.exitValue() != 0) {
                throw new LabException(command, process.exitValue(), output.join(), errors.join());
            }
            return output.join();
        } catch (IOException e) {
            throw new LabException(command, "cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(command, "was interrupted", e);
        }
    }

    /** On a platform thread: commands run for several nodes at once, and a blocked virtual thread can pin its carrier. */
    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().start(work);
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command may exit without reading all of its input; its exit code shows whether it failed.
        }
    }
}
