package dev.auditpolicy.host.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** Runs a program once, before a node depends on it: the file system of its copy may be mounted with noexec. */
final class ProgramTrial {

    /** It takes 0.4 s on an idle node. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_OUTPUT = 300;

    /** @throws IOException with what the program printed, if it does not succeed */
    void run(ProgramCommand program) throws IOException, InterruptedException {
        var command = new ArrayList<>(program.command());
        command.add("--version");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw doesNotRun(command.getFirst(), String.valueOf(failure.getMessage()));
        }
        try {
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw doesNotRun(command.getFirst(), "no result within " + TIMEOUT.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                var output = new String(process.getInputStream().readNBytes(MAX_OUTPUT), UTF_8).strip();
                throw doesNotRun(command.getFirst(), "exit code " + process.exitValue() + ": " + output);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static IOException doesNotRun(String program, String reason) {
        return new IOException(program + " does not run: " + reason
                + "; if its file system is mounted with noexec, mount /var/lib/auditpolicy without it");
    }
}
