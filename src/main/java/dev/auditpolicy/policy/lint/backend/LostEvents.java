package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Log settings that lose events or parts of them. */
public final class LostEvents implements PolicyCheck {

    /** Objects can have 1.5 MB, the limit of etcd; lists are larger. */
    private static final int MIN_SIZE_FOR_BODIES_MB = 10;

    /** kube-apiserver's default for the log. */
    private static final int DEFAULT_BATCH_SIZE = 1;

    /** An idle cluster of a few nodes produces tens of events per second. */
    static final long MIN_EVENTS_PER_SECOND = 100;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        LogBackend log = analyzed.log();
        if (log == null) {
            return Stream.empty();
        }
        var findings = new ArrayList<LintFinding>();
        if (log.mode() == Mode.BATCH) {
            findings.add(batched());
            throttled(log.batch(), findings);
        }
        if (log.format() == LogFormat.LEGACY) {
            findings.add(legacy());
        }
        if (log.maxSizeMB() != null
                && log.maxSizeMB() > 0
                && log.maxSizeMB() < MIN_SIZE_FOR_BODIES_MB
                && !truncates(log.truncate())
                && recordsBodies(analyzed)) {
            findings.add(smallFile(log.maxSizeMB()));
        }
        return findings.stream();
    }

    private static LintFinding batched() {
        return LintFinding.of(
                FindingCode.BATCHED_LOG,
                "log.mode",
                "in batch mode, events are buffered in memory: a crash loses them, and events are dropped when the"
                        + " buffer is full",
                "set mode: blocking, the default for the log");
    }

    private static void throttled(@Nullable Batch batch, List<LintFinding> findings) {
        if (batch == null || !Boolean.TRUE.equals(batch.throttleEnable()) || batch.throttleQPS() == null) {
            return;
        }
        int size = batch.maxSize() == null ? DEFAULT_BATCH_SIZE : batch.maxSize();
        BigDecimal eventsPerSecond = batch.throttleQPS().multiply(BigDecimal.valueOf(size));
        if (eventsPerSecond.compareTo(BigDecimal.valueOf(MIN_EVENTS_PER_SECOND)) < 0) {
            findings.add(LintFinding.of(
                    FindingCode.THROTTLED_LOG,
                    "log.batch.throttleQPS",
                    batch.throttleQPS().toPlainString() + " batches of " + size + " per second allow "
                            + eventsPerSecond.stripTrailingZeros().toPlainString()
                            + " events per second: when a cluster produces more, the buffer fills and events are dropped",
                    "remove throttleEnable: writing to a file needs no throttling"));
        }
    }

    private static LintFinding legacy() {
        return LintFinding.of(
                FindingCode.LEGACY_FORMAT,
                "log.format",
                "the legacy format omits bodies, annotations and the outcome except the status code",
                "set format: json, the default");
    }

    private static LintFinding smallFile(int maxSizeMB) {
        return LintFinding.of(
                FindingCode.SMALL_LOG_FILE,
                "log.maxSizeMB",
                "an event larger than " + maxSizeMB
                        + " MB is lost, and the policy records bodies, which can exceed that",
                "set maxSizeMB to 100, or set truncate.enabled: true to lose only the bodies");
    }

    /** Whether the backend drops the bodies of a large event instead of the event. */
    static boolean truncates(@Nullable Truncate truncate) {
        return truncate != null && Boolean.TRUE.equals(truncate.enabled());
    }

    private static boolean recordsBodies(AnalyzedPolicy analyzed) {
        return analyzed.rules().anyMatch(rule -> analyzed.recordsBodies(rule) && analyzed.decides(rule, Requests.ALL));
    }
}
