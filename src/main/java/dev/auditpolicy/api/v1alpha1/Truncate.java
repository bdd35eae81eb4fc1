package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Limits of the size of events and batches. For an absent field, kube-apiserver's default applies. */
@ValidationRule(
        value = "(has(self.maxBatchSizeBytes) ? self.maxBatchSizeBytes : " + Truncate.DEFAULT_MAX_BATCH_SIZE_BYTES
                + ") >= (has(self.maxEventSizeBytes) ? self.maxEventSizeBytes : "
                + Truncate.DEFAULT_MAX_EVENT_SIZE_BYTES + ")",
        message = "must not be larger than truncate.maxBatchSizeBytes; the default of maxEventSizeBytes is "
                + Truncate.DEFAULT_MAX_EVENT_SIZE_BYTES + ", that of maxBatchSizeBytes "
                + Truncate.DEFAULT_MAX_BATCH_SIZE_BYTES,
        fieldPath = ".maxEventSizeBytes")
public record Truncate(
        @JsonPropertyDescription(
                "enabled removes bodies from events that are too large, and drops events that are still too"
                        + " large. Flag --audit-*-truncate-enabled.")
        @Nullable
        Boolean enabled,

        @Min(1)
        @Max(1073741824)
        @JsonPropertyDescription(
                "maxBatchSizeBytes is the maximum size of a batch. Flag --audit-*-truncate-max-batch-size.")
        @Nullable
        Long maxBatchSizeBytes,

        @Min(1)
        @Max(1073741824)
        @JsonPropertyDescription(
                "maxEventSizeBytes is the maximum size of an event. Flag --audit-*-truncate-max-event-size.")
        @Nullable
        Long maxEventSizeBytes) {

    /** kube-apiserver's default, 10 MiB. */
    public static final long DEFAULT_MAX_BATCH_SIZE_BYTES = 10_485_760;

    /** kube-apiserver's default, 100 KiB. */
    public static final long DEFAULT_MAX_EVENT_SIZE_BYTES = 102_400;
}
