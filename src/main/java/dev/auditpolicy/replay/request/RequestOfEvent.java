package dev.auditpolicy.replay.request;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.util.List;
import java.util.Locale;

/**
 * Derives the attributes by which kube-apiserver decided from the URI and the verb of an event. Its objectRef would not do:
 * kube-apiserver fills in the namespace and the name from the body, which the client chooses.
 */
final class RequestOfEvent {

    private RequestOfEvent() {}

    /** The attributes without the user. */
    static RequestAttributes of(String verb, String requestUri) {
        RequestAttributes derived;
        try {
            derived = RequestInfo.of(method(verb), requestUri);
        } catch (IllegalArgumentException _) {
            // net/http rejects such a URI, so it is not from kube-apiserver.
            return new RequestAttributes(null, List.of(), verb, "", "", "", "", "", "", requestUri, false);
        }
        return derived.verb().equals(verb) ? derived : withVerb(derived, verb);
    }

    private static String method(String verb) {
        return switch (verb) {
            case "create" -> "POST";
            case "update" -> "PUT";
            case "delete", "deletecollection" -> "DELETE";
            case "list", "watch" -> "GET";
            case "" -> "OPTIONS";
            default -> verb.toUpperCase(Locale.ROOT);
        };
    }

    private static RequestAttributes withVerb(RequestAttributes attributes, String verb) {
        return new RequestAttributes(
                attributes.user(),
                attributes.groups(),
                verb,
                attributes.namespace(),
                attributes.apiGroup(),
                attributes.apiVersion(),
                attributes.resource(),
                attributes.subresource(),
                attributes.name(),
                attributes.path(),
                attributes.isResourceRequest());
    }
}
