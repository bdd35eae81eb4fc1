package dev.auditpolicy.replay.request;

import dev.auditpolicy.policy.evaluate.RequestAttributes;

/**
 * What was requested, regardless of who did.
 *
 * @param attributes without the user
 * @param resource in statistics, such as {@code deployments.apps/scale}, or the first part of a path, such as {@code /openapi}
 */
public record LoggedRequest(RequestAttributes attributes, String resource) {

    static LoggedRequest of(RequestAttributes attributes) {
        return new LoggedRequest(attributes, attributes.isResourceRequest() ? resource(attributes) : path(attributes));
    }

    private static String resource(RequestAttributes attributes) {
        return attributes.resource()
                + (attributes.apiGroup().isEmpty() ? "" : "." + attributes.apiGroup())
                + (attributes.subresource().isEmpty() ? "" : "/" + attributes.subresource());
    }

    private static String path(RequestAttributes attributes) {
        int end = attributes.path().indexOf('/', 1);
        return end < 0 ? attributes.path() : attributes.path().substring(0, end);
    }

    /** The attributes with the user. */
    public RequestAttributes by(Subject subject) {
        return attributes.by(subject.user(), subject.groups());
    }

    /** The namespace in statistics. */
    public String namespace() {
        return attributes.namespace().isEmpty() ? "(none)" : attributes.namespace();
    }
}
