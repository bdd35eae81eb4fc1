package dev.auditpolicy.replay.request;

import dev.auditpolicy.policy.evaluate.RequestAttributes;

/** Derives attributes from whole URIs, without the caches. */
public final class ReferenceRequest {

    private ReferenceRequest() {}

    /** The attributes without the user. */
    public static RequestAttributes of(String verb, String requestUri) {
        return RequestOfEvent.of(verb, requestUri);
    }
}
