package dev.auditpolicy.agent.log;

/** Formats sizes for messages in the unit of log.maxSizeMB, 1024² bytes. */
final class Megabytes {

    private static final long BYTES = 1024 * 1024;

    private Megabytes() {}

    static String of(long bytes) {
        return bytes / BYTES + " MB";
    }
}
