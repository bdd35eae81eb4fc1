package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Values of {@code --audit-log-format}. */
public enum LogFormat {
    /** One JSON object per line. */
    @JsonProperty("json")
    JSON("json"),
    /** One line of text per event, without bodies. */
    @JsonProperty("legacy")
    LEGACY("legacy");

    private final String flagValue;

    LogFormat(String flagValue) {
        this.flagValue = flagValue;
    }

    /** The value of kube-apiserver's flag. */
    public String flagValue() {
        return flagValue;
    }
}
