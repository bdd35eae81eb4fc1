package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens on a node where the log can fill the file system that contains etcd's data. */
public enum WhenSpaceIsShort {
    /** The node is not changed. */
    @JsonProperty("Refuse")
    REFUSE,
    /** The node is changed; the user accepts the risk. */
    @JsonProperty("Proceed")
    PROCEED
}
