package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens on a node that has an audit configuration that is not this operator's. */
public enum Takeover {
    /** The node is not changed. */
    @JsonProperty("Refuse")
    REFUSE,
    /** The configuration is replaced, and kept for giving it back. */
    @JsonProperty("Replace")
    REPLACE
}
