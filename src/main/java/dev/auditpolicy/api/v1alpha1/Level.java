package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much of a request an audit event records; each level includes the one before it. */
public enum Level {
    /** No event. */
    @JsonProperty("None")
    NONE,
    /** User, verb, object reference, source, outcome. */
    @JsonProperty("Metadata")
    METADATA,
    /** And the request body. */
    @JsonProperty("Request")
    REQUEST,
    /** And the response body. */
    @JsonProperty("RequestResponse")
    REQUEST_RESPONSE
}
