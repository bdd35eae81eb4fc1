package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the nodes when the AuditPolicy is deleted. */
public enum DeletionPolicy {
    /** Each node keeps what it runs. */
    @JsonProperty("Retain")
    RETAIN,
    /** Each node gets back what it had before the first change, and the AuditPolicy waits for that. */
    @JsonProperty("Restore")
    RESTORE
}
