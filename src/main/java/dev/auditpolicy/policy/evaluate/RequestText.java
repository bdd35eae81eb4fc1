package dev.auditpolicy.policy.evaluate;

import java.util.List;

/** Describes a request on one line. */
public final class RequestText {

    private RequestText() {}

    /** Such as {@code get pods/log named "web" in namespace "shop" by user "alice" in group "system:authenticated"}. */
    public static String of(RequestAttributes request) {
        return request.verb() + " " + (request.isResourceRequest() ? resource(request) : request.path())
                + (request.user() == null ? " without authentication (401)" : " by user \"" + request.user() + '"')
                + groups(request.groups());
    }

    private static String groups(List<String> groups) {
        return groups.isEmpty()
                ? ""
                : (groups.size() == 1 ? " in group \"" : " in groups \"") + String.join("\", \"", groups) + '"';
    }

    private static String resource(RequestAttributes request) {
        String subresource = request.subresource().isEmpty() ? "" : "/" + request.subresource();
        String group = request.apiGroup().isEmpty() ? "" : " in API group \"" + request.apiGroup() + '"';
        String name = request.name().isEmpty() ? "" : " named \"" + request.name() + '"';
        String namespace = request.namespace().isEmpty() ? "" : " in namespace \"" + request.namespace() + '"';
        return request.resource() + subresource + group + name + namespace;
    }
}
