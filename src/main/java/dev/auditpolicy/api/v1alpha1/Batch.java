package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Batching of a backend; an absent field leaves kube-apiserver's own default. */
public record Batch(
        @Min(1)
        @Max(10000000)
        @JsonPropertyDescription(
                "Events held in memory before new ones are dropped. Flag" + " --audit-*-batch-buffer-size.")
        Integer bufferSize,

        @Min(1) @Max(1000000) @JsonPropertyDescription("Events a batch at most. Flag --audit-*-batch-max-size.")
        Integer maxSize,

        @Min(0)
        @Max(3600)
        @JsonPropertyDescription("Send a batch that is not full after this many seconds; without effect when maxSize is"
                + " 1. Flag --audit-*-batch-max-wait.")
        Integer maxWaitSeconds,

        @JsonPropertyDescription("Limit the batches a second. Flag --audit-*-batch-throttle-enable.")
        Boolean throttleEnable,

        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription("Batches a second on average. Flag --audit-*-batch-throttle-qps.")
        Integer throttleQPS,

        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription("Batches that may be sent at once after a pause. Flag --audit-*-batch-throttle-burst.")
        Integer throttleBurst) {}
