package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When in the life of a request an audit event is recorded. */
public enum Stage {
    /** Before the request is handled. */
    @JsonProperty("RequestReceived")
    REQUEST_RECEIVED,
    /** Headers sent, body still to come: long-running requests such as watch, and failed authentication. */
    @JsonProperty("ResponseStarted")
    RESPONSE_STARTED,
    /** The response is complete. */
    @JsonProperty("ResponseComplete")
    RESPONSE_COMPLETE,
    /** The handler panicked. */
    @JsonProperty("Panic")
    PANIC
}
