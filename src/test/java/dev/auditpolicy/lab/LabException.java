package dev.auditpolicy.lab;

import java.util.List;

/** A command of the lab failed. The message contains its output. */
public final class LabException extends RuntimeException {

    private final int exitCode;

    LabException(List<String> command, int exitCode, String output, String errors) {
        super("%s failed with exit code %d%n%s%s".formatted(String.join(" ", command), exitCode, errors, output));
        this.exitCode = exitCode;
    }

    LabException(List<String> command, String reason, Throwable cause) {
        super(String.join(" ", command) + " " + reason, cause);
        this.exitCode = -1;
    }

    /** The exit code of the command itself for {@link Lab#exec} and {@link Lab#kubectl}; -1 if it did not exit. */
    public int exitCode() {
        return exitCode;
    }
}
