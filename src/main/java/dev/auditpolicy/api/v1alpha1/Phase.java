package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a node for a revision. */
public enum Phase {
    /** The agent has not checked the revision yet, or cannot determine the state now. */
    @JsonProperty("Pending")
    PENDING,
    /** The node cannot run the revision; nothing was changed. */
    @JsonProperty("Refused")
    REFUSED,
    /** The node can run the revision and waits for its turn; nothing was changed. */
    @JsonProperty("Checked")
    CHECKED,
    /** The node is executing a turn: it is changing files, restarting or verifying kube-apiserver. */
    @JsonProperty("Acting")
    ACTING,
    /** The running kube-apiserver is proven to run the revision. */
    @JsonProperty("Effective")
    EFFECTIVE,
    /** The turn failed and was rolled back: kube-apiserver runs the previous configuration. */
    @JsonProperty("RolledBack")
    ROLLED_BACK,
    /** The turn failed, and no configuration of kube-apiserver is proven. */
    @JsonProperty("Failed")
    FAILED,
    /** The configuration was changed on the node again, shortly after a turn had restored it: the agent leaves it unchanged. */
    @JsonProperty("Drifted")
    DRIFTED,
    /** An administrator holds the node: the agent does nothing until the file /var/lib/auditpolicy/hold is removed. */
    @JsonProperty("Held")
    HELD,
    /** Nothing is desired: the agent only reports what kube-apiserver runs. */
    @JsonProperty("Observed")
    OBSERVED,
    /** The node was given back: kube-apiserver runs without a part of this operator. */
    @JsonProperty("Restored")
    RESTORED,
    /** The node has left the control plane with what was configured there; no agent renews the status. */
    @JsonProperty("Unmanaged")
    UNMANAGED
}
