package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Values of {@code --audit-log-format}. */
public enum LogFormat {
    /** One JSON object a line. */
    @JsonProperty("json")
    JSON("json"),
    /** One line of text an event, without bodies. */
    @JsonProperty("legacy")
    LEGACY("legacy");

    private final String flagValue;

    LogFormat(String flagValue) {
        this.flagValue = flagValue;
    }

    /** The value as kube-apiserver's flag takes it. */
    public String flagValue() {
        return flagValue;
    }
}
