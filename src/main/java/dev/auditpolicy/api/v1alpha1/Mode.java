package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Values of {@code --audit-log-mode} and {@code --audit-webhook-mode}. */
public enum Mode {
    /** Store each event before the response is sent, ignore errors. */
    @JsonProperty("blocking")
    BLOCKING("blocking"),
    /** Like blocking, and fail a request whose RequestReceived event cannot be stored. */
    @JsonProperty("blocking-strict")
    BLOCKING_STRICT("blocking-strict"),
    /** Collect events in memory and store them in batches. */
    @JsonProperty("batch")
    BATCH("batch");

    private final String flagValue;

    Mode(String flagValue) {
        this.flagValue = flagValue;
    }

    /** The value as kube-apiserver's flag takes it. */
    public String flagValue() {
        return flagValue;
    }
}
