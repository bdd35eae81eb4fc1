package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Values of {@code --audit-log-mode} and {@code --audit-webhook-mode}. */
public enum Mode {
    /** Stores each event before the response is sent, and ignores errors. */
    @JsonProperty("blocking")
    BLOCKING("blocking"),
    /** Like blocking, but a request fails if its RequestReceived event cannot be stored. */
    @JsonProperty("blocking-strict")
    BLOCKING_STRICT("blocking-strict"),
    /** Buffers events in memory and stores them in batches. */
    @JsonProperty("batch")
    BATCH("batch");

    private final String flagValue;

    Mode(String flagValue) {
        this.flagValue = flagValue;
    }

    /** The value of kube-apiserver's flag. */
    public String flagValue() {
        return flagValue;
    }
}
