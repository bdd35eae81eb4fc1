package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Batching of a backend. For an absent field, kube-apiserver's default applies. */
public record Batch(
        @Min(1)
        @Max(10000000)
        @JsonPropertyDescription(
                "bufferSize is the number of events to buffer in memory. If the buffer is full, new events"
                        + " are dropped. Flag --audit-*-batch-buffer-size.")
        @Nullable
        Integer bufferSize,

        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription("maxSize is the maximum number of events in a batch. Flag --audit-*-batch-max-size.")
        @Nullable
        Integer maxSize,

        @Min(0)
        @Max(3600)
        @JsonPropertyDescription(
                "maxWaitSeconds is the number of seconds after which a batch is sent even if it is not full;"
                        + " it may be a fraction. It has no effect if maxSize is 1. Flag --audit-*-batch-max-wait.")
        @Nullable
        BigDecimal maxWaitSeconds,

        @JsonPropertyDescription("throttleEnable limits the rate of batches. Flag --audit-*-batch-throttle-enable.")
        @Nullable
        Boolean throttleEnable,

        @Min(0.001)
        @Max(1000000)
        @JsonPropertyDescription(
                "throttleQPS is the maximum average number of batches per second; it may be a fraction."
                        + " Flag --audit-*-batch-throttle-qps.")
        @Nullable
        BigDecimal throttleQPS,

        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
                "throttleBurst is the maximum number of batches sent at once if throttleQPS was not used up"
                        + " before. Flag --audit-*-batch-throttle-burst.")
        @Nullable
        Integer throttleBurst) {

    /** Numbers without an exponent or zeros at the end, so that equal ones look alike. */
    public Batch {
        maxWaitSeconds = plain(maxWaitSeconds);
        throttleQPS = plain(throttleQPS);
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null
                ? null
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** kube-apiserver's default for maxWaitSeconds of the webhook. That of the log is 0 (defaultLogBatchConfig in upstream's options). */
    public static final int DEFAULT_WEBHOOK_MAX_WAIT_SECONDS = 30;
}
