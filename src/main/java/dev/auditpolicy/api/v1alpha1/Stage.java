package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The stage of a request at which an audit event is recorded. */
public enum Stage {
    /** Before the request is handled. */
    @JsonProperty("RequestReceived")
    REQUEST_RECEIVED,
    /** The headers are sent, but not the body: long-running requests such as watch, and failed authentication. */
    @JsonProperty("ResponseStarted")
    RESPONSE_STARTED,
    /** The response is complete. */
    @JsonProperty("ResponseComplete")
    RESPONSE_COMPLETE,
    /** The handler panicked. */
    @JsonProperty("Panic")
    PANIC
}
