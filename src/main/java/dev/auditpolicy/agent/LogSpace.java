package dev.auditpolicy.agent;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.LogUsage;
import java.util.Optional;

/**
 * Whether there is room for what the log may become.
 *
 * @param worstCaseBytes the most that it can take up, empty where nothing bounds it
 * @param usage what it takes up now, and what is left
 */
record LogSpace(Optional<Long> worstCaseBytes, LogUsage usage) {

    /** Of a file system, when a log that nothing bounds is told to be about to fill it; kubelet evicts pods by then. */
    private static final int LAST_TENTH = 10;

    static LogSpace of(LogBackend settings, LogUsage usage) {
        return new LogSpace(new Retention(settings).worstCaseBytes(), usage);
    }

    boolean isShort() {
        return worstCaseBytes
                .map(bytes -> bytes - usage.bytes() > usage.freeBytes())
                .orElseGet(() -> usage.freeBytes() < usage.capacityBytes() / LAST_TENTH);
    }

    /** For people. */
    Optional<String> shortage() {
        return isShort() ? Optional.of(describe()) : Optional.empty();
    }

    private String describe() {
        return worstCaseBytes
                        .map(bytes -> "the audit log may grow to " + Megabytes.of(bytes) + ", takes up "
                                + Megabytes.of(usage.bytes()) + " now, and")
                        .orElse("nothing bounds the audit log (log.maxBackups is 0), and")
                + " its file system has " + Megabytes.of(usage.freeBytes())
                + " left: make room, or lower log.maxSizeMB or log.maxBackups";
    }
}
