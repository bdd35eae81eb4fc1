package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the agent asks the webhook before it changes a node. */
public enum WebhookProbe {
    /** Posts an EventList without items. */
    @JsonProperty("Send")
    SEND,
    /** Posts nothing, for a webhook that must not get such a request. */
    @JsonProperty("Skip")
    SKIP
}
