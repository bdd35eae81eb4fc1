package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;

/** Describes one of many requests. */
final class ExampleRequest {

    private ExampleRequest() {}

    /** Such as {@code get pods/one in namespace default by alice}. */
    static String of(Requests requests) {
        RequestAttributes request = requests.example();
        String what = request.isResourceRequest() ? resource(request) : request.path();
        return request.verb() + " " + what + (request.user() == null ? " without a user" : " by " + request.user())
                + groups(request);
    }

    private static String groups(RequestAttributes request) {
        List<String> groups = request.groups().stream()
                .filter(group -> !group.equals("system:authenticated"))
                .toList();
        return groups.isEmpty() ? "" : " (groups: " + String.join(", ", groups) + ")";
    }

    private static String resource(RequestAttributes request) {
        String type = (request.resource().isEmpty() ? "\"\"" : request.resource())
                + (request.apiGroup().isEmpty() ? "" : "." + request.apiGroup())
                + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
        String name = request.name().isEmpty() ? "" : " named " + request.name();
        return type + name + (request.namespace().isEmpty() ? "" : " in namespace " + request.namespace());
    }
}
