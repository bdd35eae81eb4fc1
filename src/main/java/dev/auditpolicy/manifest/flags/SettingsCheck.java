package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Truncate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the settings that log and webhook have in common, and adds what is wrong to a list. */
final class SettingsCheck {

    /** Go's durations end at 292 years. */
    private static final long MAX_SECONDS = Duration.ofDays(292 * 365L).toSeconds();

    private final String backend;
    private final List<ManifestProblem> problems;

    /** @param backend the field of the backend, such as {@code log} */
    SettingsCheck(String backend, List<ManifestProblem> problems) {
        this.backend = backend;
        this.problems = problems;
    }

    void add(String field, String value, String reason) {
        problems.add(new ManifestProblem(backend + "." + field, value, reason));
    }

    void batch(@Nullable Batch batch) {
        if (batch == null) {
            return;
        }
        atLeast(1, "batch.bufferSize", batch.bufferSize());
        atLeast(1, "batch.maxSize", batch.maxSize());
        atLeast(0, "batch.maxWaitSeconds", batch.maxWaitSeconds());
        duration("batch.maxWaitSeconds", batch.maxWaitSeconds());
        if (batch.throttleQPS() != null && !isPositiveFloat(batch.throttleQPS())) {
            add(
                    "batch.throttleQPS",
                    batch.throttleQPS().toPlainString(),
                    "must be larger than 0, and not so small or large that it is 0 or infinite as a number of 32 bits,"
                            + " with which kube-apiserver does not start: set a value from 0.001 to 1000000");
        }
        atLeast(1, "batch.throttleBurst", batch.throttleBurst());
    }

    void truncate(@Nullable Truncate truncate) {
        if (truncate == null) {
            return;
        }
        atLeast(1, "truncate.maxBatchSizeBytes", truncate.maxBatchSizeBytes());
        atLeast(1, "truncate.maxEventSizeBytes", truncate.maxEventSizeBytes());
        var batch = truncate.maxBatchSizeBytes() == null
                ? Truncate.DEFAULT_MAX_BATCH_SIZE_BYTES
                : truncate.maxBatchSizeBytes();
        var event = truncate.maxEventSizeBytes() == null
                ? Truncate.DEFAULT_MAX_EVENT_SIZE_BYTES
                : truncate.maxEventSizeBytes();
        if (batch < event) {
            add(
                    "truncate.maxBatchSizeBytes",
                    Long.toString(batch),
                    "must be at least " + backend + ".truncate.maxEventSizeBytes (" + event + ")");
        }
    }

    /** What kube-apiserver makes of it: a float32. */
    private static boolean isPositiveFloat(BigDecimal number) {
        return number.floatValue() > 0 && Float.isFinite(number.floatValue());
    }

    void duration(String field, @Nullable BigDecimal seconds) {
        if (seconds != null && seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
            add(field, seconds.toPlainString(), "must be at most " + MAX_SECONDS);
        }
    }

    void atLeast(long least, String field, @Nullable Number value) {
        if (value != null && value.doubleValue() < least) {
            add(field, value.toString(), "must be at least " + least);
        }
    }
}
