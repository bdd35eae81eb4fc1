package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a node stands with the revision it is to run. */
public enum Phase {
    /** The agent has not looked at the revision yet, or cannot tell now. */
    @JsonProperty("Pending")
    PENDING,
    /** The node cannot run the revision as things are; nothing was changed. */
    @JsonProperty("Refused")
    REFUSED,
    /** The node can run the revision and waits for its turn; nothing was changed. */
    @JsonProperty("Checked")
    CHECKED,
    /** The node has a turn and is changing files, restarting or verifying. */
    @JsonProperty("Acting")
    ACTING,
    /** The live kube-apiserver was proven to run the revision. */
    @JsonProperty("Effective")
    EFFECTIVE,
    /** The node's turn failed and was taken back: kube-apiserver runs what it ran before. */
    @JsonProperty("RolledBack")
    ROLLED_BACK,
    /** The node's turn failed, and what kube-apiserver runs now is not proven. */
    @JsonProperty("Failed")
    FAILED,
    /** What was put in place was changed by somebody else, put back, and changed again: it is left as it is. */
    @JsonProperty("Drifted")
    DRIFTED,
    /** A human holds the node: its agent does nothing until the file /var/lib/auditpolicy/hold is gone. */
    @JsonProperty("Held")
    HELD
}
