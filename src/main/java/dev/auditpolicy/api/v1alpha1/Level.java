package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much of a request is recorded. Each level includes the previous one. */
public enum Level {
    /** No event. */
    @JsonProperty("None")
    NONE,
    /** User, verb, object, source, time and outcome. */
    @JsonProperty("Metadata")
    METADATA,
    /** Also the request body. */
    @JsonProperty("Request")
    REQUEST,
    /** Also the response body. */
    @JsonProperty("RequestResponse")
    REQUEST_RESPONSE
}
