package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WhenSpaceIsShort;
import dev.auditpolicy.host.log.LogUsage;
import java.util.Optional;

/**
 * Whether the file system has enough space for the audit log.
 *
 * @param worstCaseBytes the maximum size of the log; empty if unbounded
 * @param usage current disk usage
 */
public record LogSpace(Optional<Long> worstCaseBytes, LogUsage usage) {

    /** kubelet evicts pods when less than a tenth of a file system is free. A large file system needs a smaller reserve. */
    private static final int RESERVED_TENTH = 10;

    private static final long MAX_RESERVE = 10L * 1024 * 1024 * 1024;

    public static LogSpace of(LogBackend settings, LogUsage usage) {
        return new LogSpace(new Retention(settings).worstCaseBytes(), usage);
    }

    boolean isShort() {
        return worstCaseBytes
                .map(bytes -> bytes - usage.bytes() > usage.freeBytes())
                .orElseGet(() -> usage.freeBytes() < reserve());
    }

    /**
     * Why these settings are rejected: the log could fill the file system that contains the etcd data.
     *
     * @param etcdNeeds bytes by which etcd may grow; empty if its data is on another file system
     */
    public Optional<String> rejection(LogBackend settings, Optional<Long> etcdNeeds) {
        var proceed = settings.whenSpaceIsShort() == WhenSpaceIsShort.PROCEED;
        return etcdNeeds
                .filter(_ -> !proceed)
                .map(needs -> Math.max(needs, reserve()))
                .filter(reserve -> worstCaseBytes
                        .filter(bytes -> bytes - usage.bytes() + reserve <= usage.freeBytes())
                        .isEmpty())
                .map(reserve -> describe(settings, reserve));
    }

    private long reserve() {
        return Math.min(usage.capacityBytes() / RESERVED_TENTH, MAX_RESERVE);
    }

    private String describe(LogBackend settings, long reserve) {
        return "the audit log could fill the file system that contains the etcd data: "
                + worstCaseBytes
                        .map(bytes -> "it may grow to " + Megabytes.of(bytes) + " (log.maxSizeMB="
                                + settings.maxSizeMB() + " times log.maxBackups=" + settings.maxBackups() + " plus 1)")
                        .orElse("its size is unbounded (log.maxBackups=0)")
                + ", it uses " + Megabytes.of(usage.bytes()) + " now, " + Megabytes.of(usage.freeBytes())
                + " are free, and " + Megabytes.of(reserve) + " of them are reserved for etcd: lower log.maxSizeMB or"
                + " log.maxBackups, move log.path to another file system, or set log.whenSpaceIsShort to Proceed";
    }

    /** A warning if space is short. */
    public Optional<String> shortage() {
        return isShort() ? Optional.of(describe()) : Optional.empty();
    }

    private String describe() {
        return worstCaseBytes
                        .map(bytes -> "the audit log may grow to " + Megabytes.of(bytes) + ", it uses "
                                + Megabytes.of(usage.bytes()) + " now, and")
                        .orElse("the size of the audit log is unbounded (log.maxBackups=0), and")
                + " its file system has " + Megabytes.of(usage.freeBytes())
                + " free: free up space, or lower log.maxSizeMB or log.maxBackups";
    }
}
