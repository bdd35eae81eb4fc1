package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WhenSpaceIsShort;
import dev.auditpolicy.host.log.LogUsage;
import java.util.Optional;

/**
 * Whether there is room for what the log may become.
 *
 * @param worstCaseBytes the most that it can take up, empty where nothing bounds it
 * @param usage what it takes up now, and what is left
 */
public record LogSpace(Optional<Long> worstCaseBytes, LogUsage usage) {

    /** The last tenth of a file system is not the log's: kubelet evicts pods by then. Of a large one, less does. */
    private static final int LAST_TENTH = 10;

    private static final long LARGEST_RESERVE = 10L * 1024 * 1024 * 1024;

    public static LogSpace of(LogBackend settings, LogUsage usage) {
        return new LogSpace(new Retention(settings).worstCaseBytes(), usage);
    }

    boolean isShort() {
        return worstCaseBytes
                .map(bytes -> bytes - usage.bytes() > usage.freeBytes())
                .orElseGet(() -> usage.freeBytes() < reserve());
    }

    /**
     * Why the log is not to be: it could fill the file system that it shares with etcd's data.
     *
     * @param etcdNeeds bytes that etcd may still grow by, empty where its data is elsewhere
     */
    public Optional<String> rejection(LogBackend settings, Optional<Long> etcdNeeds) {
        var isToProceed = settings.whenSpaceIsShort() == WhenSpaceIsShort.PROCEED;
        return etcdNeeds
                .filter(_ -> !isToProceed)
                .map(needs -> Math.max(needs, reserve()))
                .filter(reserve -> worstCaseBytes
                        .filter(bytes -> bytes - usage.bytes() + reserve <= usage.freeBytes())
                        .isEmpty())
                .map(reserve -> describe(settings, reserve));
    }

    private long reserve() {
        return Math.min(usage.capacityBytes() / LAST_TENTH, LARGEST_RESERVE);
    }

    private String describe(LogBackend settings, long reserve) {
        return "the audit log could fill the file system that etcd's data is on: "
                + worstCaseBytes
                        .map(bytes -> "it may grow to " + Megabytes.of(bytes) + " (log.maxSizeMB="
                                + settings.maxSizeMB() + " times log.maxBackups=" + settings.maxBackups() + " and 1)")
                        .orElse("nothing bounds it (log.maxBackups=0)")
                + ", takes up " + Megabytes.of(usage.bytes()) + " now, " + Megabytes.of(usage.freeBytes())
                + " are free and " + Megabytes.of(reserve) + " of them are to be left for etcd: lower log.maxSizeMB or"
                + " log.maxBackups, put log.path on another file system, or set log.whenSpaceIsShort to Proceed";
    }

    /** For people. */
    public Optional<String> shortage() {
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
