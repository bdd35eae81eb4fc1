package dev.auditpolicy.policy.lint.backend;

import org.jspecify.annotations.Nullable;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Settings of the log by which events, or parts of them, do not get into it. */
public final class LostEvents implements PolicyCheck {

    /** Objects go up to 1.5 MB, the limit of etcd; lists are larger. */
    private static final int ROOM_FOR_BODIES_MB = 10;

    /** kube-apiserver's default for the log. */
    private static final int DEFAULT_BATCH_SIZE = 1;

    /** An idle cluster of a few nodes makes tens of events a second. */
    static final long FEW_EVENTS_PER_SECOND = 100;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (log == null) {
            return Stream.empty();
        }
        List<LintFinding> findings = new ArrayList<>();
        if (log.mode() == Mode.BATCH) {
            findings.add(batched());
            throttled(log.batch(), findings);
        }
        if (log.format() == LogFormat.LEGACY) {
            findings.add(legacy());
        }
        if (log.maxSizeMB() != null
                && log.maxSizeMB() > 0
                && log.maxSizeMB() < ROOM_FOR_BODIES_MB
                && !truncates(log.truncate())
                && recordsBodies(analyzed)) {
            findings.add(small(log.maxSizeMB()));
        }
        return findings.stream();
    }

    private static LintFinding batched() {
        return LintFinding.of(
                FindingCode.BATCHED_LOG,
                "log.mode",
                "with batch, events wait in memory: a crash loses them, and a burst that fills the buffer drops more",
                "write mode: blocking, the default of the log");
    }

    private static void throttled(@Nullable Batch batch, List<LintFinding> findings) {
        if (batch == null || !Boolean.TRUE.equals(batch.throttleEnable()) || batch.throttleQPS() == null) {
            return;
        }
        int size = batch.maxSize() == null ? DEFAULT_BATCH_SIZE : batch.maxSize();
        long eventsPerSecond = (long) batch.throttleQPS() * size;
        if (eventsPerSecond < FEW_EVENTS_PER_SECOND) {
            findings.add(LintFinding.of(
                    FindingCode.THROTTLED_LOG,
                    "log.batch.throttleQPS",
                    batch.throttleQPS() + " batches of " + size + " a second are " + eventsPerSecond
                            + " events: what a cluster makes beyond that fills the buffer and is dropped",
                    "remove throttleEnable: writing to a file needs no throttle"));
        }
    }

    private static LintFinding legacy() {
        return LintFinding.of(
                FindingCode.LEGACY_FORMAT,
                "log.format",
                "the legacy format has no bodies, no annotations and no outcome beyond the status code",
                "write format: json, the default");
    }

    private static LintFinding small(int maxSizeMB) {
        return LintFinding.of(
                FindingCode.SMALL_LOG_FILE,
                "log.maxSizeMB",
                "an event larger than " + maxSizeMB + " MB is lost, and the policy records bodies, which can be larger",
                "set maxSizeMB to 100, or truncate.enabled: true to lose only the bodies");
    }

    /** Whether large events lose their bodies instead of getting lost. */
    static boolean truncates(@Nullable Truncate truncate) {
        return truncate != null && Boolean.TRUE.equals(truncate.enabled());
    }

    private static boolean recordsBodies(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.recordsBodies(rule) && analyzed.decides(rule, Requests.ALL));
    }
}
