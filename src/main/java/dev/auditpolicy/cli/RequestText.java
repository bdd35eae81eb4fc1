package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;

/** A request in words. */
final class RequestText {

    private RequestText() {}

    /** Such as {@code get pods/log named "web" in namespace "shop" by "alice" of "system:authenticated"}. */
    static String of(RequestAttributes request) {
        String text = request.verb() + " " + (request.isResourceRequest() ? resource(request) : request.path())
                + (request.user() == null ? " by nobody (401)" : " by \"" + request.user() + '"')
                + (request.groups().isEmpty() ? "" : " of \"" + String.join("\", \"", request.groups()) + '"');
        return SourceLines.visible(text);
    }

    private static String resource(RequestAttributes request) {
        String subresource = request.subresource().isEmpty() ? "" : "/" + request.subresource();
        String group = request.apiGroup().isEmpty() ? "" : " of API group \"" + request.apiGroup() + '"';
        String name = request.name().isEmpty() ? "" : " named \"" + request.name() + '"';
        String namespace = request.namespace().isEmpty() ? "" : " in namespace \"" + request.namespace() + '"';
        return request.resource() + subresource + group + name + namespace;
    }
}
