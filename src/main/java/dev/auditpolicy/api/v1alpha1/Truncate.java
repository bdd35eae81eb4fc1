package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Shortening of large events; an absent field leaves kube-apiserver's own default (10 MiB a batch, 100 KiB an event). */
@ValidationRule(
        value = "(has(self.maxBatchSizeBytes) ? self.maxBatchSizeBytes : 10485760)"
                + " >= (has(self.maxEventSizeBytes) ? self.maxEventSizeBytes : 102400)",
        message = "must not be larger than truncate.maxBatchSizeBytes; an absent maxEventSizeBytes is 102400, an absent"
                + " maxBatchSizeBytes 10485760",
        fieldPath = ".maxEventSizeBytes")
public record Truncate(
        @JsonPropertyDescription("Remove bodies from events that are too large, and drop events that still are. Flag"
                + " --audit-*-truncate-enabled.")
        Boolean enabled,

        @Min(1)
        @Max(1073741824)
        @JsonPropertyDescription("Bytes a batch at most. Flag --audit-*-truncate-max-batch-size.")
        Long maxBatchSizeBytes,

        @Min(1)
        @Max(1073741824)
        @JsonPropertyDescription("Bytes an event at most. Flag --audit-*-truncate-max-event-size.")
        Long maxEventSizeBytes) {}
