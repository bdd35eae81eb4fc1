package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the validation of {@link LogBackend} for the agent, which does not trust its input: kube-apiserver may write to
 * the directory of the path, and does not start with an invalid value.
 */
public final class LogSettingsCheck {
    private static final Pattern PATH = Pattern.compile("/var/log(/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}");
    private static final Pattern KUBELET_PATH = Pattern.compile("/var/log/(pods|containers|journal)/.*");
    private static final Pattern AUDITD_PATH = Pattern.compile("/var/log/audit/[^/]+");
    private static final Set<String> STANDARD_OUTPUT = Set.of("-", "/dev/stdout", "/dev/stderr");
    private static final int MAX_PATH_LENGTH = 255;

    /** Go's durations end at 292 years. */
    private static final long MAX_WAIT_SECONDS = Duration.ofDays(292 * 365L).toSeconds();

    private final List<ManifestProblem> problems = new ArrayList<>();

    private LogSettingsCheck() {}

    /** The problems of {@code log}; empty if it is valid. */
    public static List<ManifestProblem> check(LogBackend log) {
        var check = new LogSettingsCheck();
        check.directoryOfAuditd(log.path());
        check.all(log);
        return List.copyOf(check.problems);
    }

    /**
     * The problems with which nothing may run. A rollback to settings that an earlier release accepted does not fail because
     * {@link #check} has become stricter.
     */
    static List<ManifestProblem> checkFlags(LogBackend log) {
        var check = new LogSettingsCheck();
        check.all(log);
        return List.copyOf(check.problems);
    }

    private void all(LogBackend log) {
        path(log.path());
        atLeast(0, "log.maxAgeDays", log.maxAgeDays());
        atLeast(0, "log.maxBackups", log.maxBackups());
        atLeast(1, "log.maxSizeMB", log.maxSizeMB());
        batch(log.mode(), log.batch());
        truncate(log.truncate());
    }

    private void directoryOfAuditd(@Nullable String path) {
        if (path != null && AUDITD_PATH.matcher(path).matches()) {
            problems.add(
                    new ManifestProblem(
                            "log.path",
                            path,
                            "must not be in /var/log/audit, where the Linux audit daemon writes: kube-apiserver would append to its log"
                                    + " and rotate it away. Use a directory of its own, such as /var/log/kubernetes/audit/audit.log"));
        }
    }

    private void path(@Nullable String path) {
        if (path != null && STANDARD_OUTPUT.contains(path)) {
            problems.add(
                    new ManifestProblem(
                            "log.path",
                            path,
                            "must not be standard output: anyone who may read pods/log in kube-system could then read the audit log,"
                                    + " and kubelet's limits would decide how long it is kept. Use a file such as"
                                    + " /var/log/kubernetes/audit/audit.log, and have the log shipper of the node read that file"));
        } else if (path == null
                || path.length() > MAX_PATH_LENGTH
                || !PATH.matcher(path).matches()
                || KUBELET_PATH.matcher(path).matches()) {
            problems.add(new ManifestProblem(
                    "log.path",
                    String.valueOf(path),
                    "must be a file in a directory of its own under /var/log, such as"
                            + " /var/log/kubernetes/audit/audit.log, with only letters, digits, '.', '_' and '-' (no '..',"
                            + " no kubelet directory)"));
        }
    }

    private void batch(@Nullable Mode mode, @Nullable Batch batch) {
        if (batch == null) {
            return;
        }
        if (mode != Mode.BATCH) {
            problems.add(new ManifestProblem(
                    "log.batch", "", "has no effect unless log.mode is 'batch': set log.mode or remove log.batch"));
        }
        atLeast(1, "log.batch.bufferSize", batch.bufferSize());
        atLeast(1, "log.batch.maxSize", batch.maxSize());
        atLeast(0, "log.batch.maxWaitSeconds", batch.maxWaitSeconds());
        atMost(MAX_WAIT_SECONDS, "log.batch.maxWaitSeconds", batch.maxWaitSeconds());
        if (batch.throttleQPS() != null && !isPositiveFloat(batch.throttleQPS())) {
            problems.add(new ManifestProblem(
                    "log.batch.throttleQPS",
                    batch.throttleQPS().toPlainString(),
                    "must be larger than 0, and not so small or large that it is 0 or infinite as a number of 32 bits,"
                            + " with which kube-apiserver does not start: set a value from 0.001 to 1000000"));
        }
        atLeast(1, "log.batch.throttleBurst", batch.throttleBurst());
        if (Boolean.TRUE.equals(batch.throttleEnable())
                && (batch.throttleQPS() == null || batch.throttleBurst() == null)) {
            problems.add(new ManifestProblem(
                    "log.batch.throttleEnable",
                    "true",
                    "requires throttleQPS and throttleBurst: their defaults for the log are 0, and kube-apiserver"
                            + " does not start with these"));
        }
    }

    private void truncate(@Nullable Truncate truncate) {
        if (truncate == null) {
            return;
        }
        atLeast(1, "log.truncate.maxBatchSizeBytes", truncate.maxBatchSizeBytes());
        atLeast(1, "log.truncate.maxEventSizeBytes", truncate.maxEventSizeBytes());
        var batch = truncate.maxBatchSizeBytes() == null
                ? Truncate.DEFAULT_MAX_BATCH_SIZE_BYTES
                : truncate.maxBatchSizeBytes();
        var event = truncate.maxEventSizeBytes() == null
                ? Truncate.DEFAULT_MAX_EVENT_SIZE_BYTES
                : truncate.maxEventSizeBytes();
        if (batch < event) {
            problems.add(new ManifestProblem(
                    "log.truncate.maxBatchSizeBytes",
                    Long.toString(batch),
                    "must be at least log.truncate.maxEventSizeBytes (" + event + ")"));
        }
    }

    /** What kube-apiserver makes of it: a float32. */
    private static boolean isPositiveFloat(BigDecimal number) {
        return number.floatValue() > 0 && Float.isFinite(number.floatValue());
    }

    private void atMost(long most, String field, @Nullable BigDecimal value) {
        if (value != null && value.compareTo(BigDecimal.valueOf(most)) > 0) {
            problems.add(new ManifestProblem(field, value.toPlainString(), "must be at most " + most));
        }
    }

    private void atLeast(long least, String field, @Nullable Number value) {
        if (value != null && value.doubleValue() < least) {
            problems.add(new ManifestProblem(field, value.toString(), "must be at least " + least));
        }
    }
}
