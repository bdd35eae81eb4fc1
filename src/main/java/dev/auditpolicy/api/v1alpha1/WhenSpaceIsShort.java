package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a log that could fill the file system that etcd's data is on. */
public enum WhenSpaceIsShort {
    /** The node is left as it is. */
    @JsonProperty("Refuse")
    REFUSE,
    /** The node is changed, on the user's word. */
    @JsonProperty("Proceed")
    PROCEED
}
