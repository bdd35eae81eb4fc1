package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Values of {@code --audit-log-version}: one since Kubernetes 1.24. */
public enum LogVersion {
    /** The API version of the events. */
    @JsonProperty("audit.k8s.io/v1")
    V1("audit.k8s.io/v1");

    private final String flagValue;

    LogVersion(String flagValue) {
        this.flagValue = flagValue;
    }

    /** The value of kube-apiserver's flag. */
    public String flagValue() {
        return flagValue;
    }
}
