package dev.auditpolicy.lab;

import java.util.List;

/** A command of the lab that failed, with all that it printed in its message. */
public final class LabException extends RuntimeException {

    private final int exitCode;

    LabException(List<String> command, int exitCode, String output, String errors) {
        super("%s ended with %d%n%s%s".formatted(String.join(" ", command), exitCode, errors, output));
        this.exitCode = exitCode;
    }

    LabException(List<String> command, String reason, Throwable cause) {
        super(String.join(" ", command) + " " + reason, cause);
        this.exitCode = -1;
    }

    /** Of the command itself for {@link Lab#exec} and {@link Lab#kubectl}; -1 when it did not end by itself. */
    public int exitCode() {
        return exitCode;
    }
}
