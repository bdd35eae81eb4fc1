package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.evaluate.PathPattern;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares a rule with a request field by field, in upstream's order, and says what it stopped at. */
final class Mismatches {

    private Mismatches() {}

    /** The first field that does not match; empty if the rule matches. */
    static Optional<Mismatch> first(PolicyRule rule, RequestAttributes request) {
        return users(rule.users(), request)
                .or(() -> userGroups(rule.userGroups(), request))
                .or(() -> oneOf("verbs", "verb", rule.verbs(), request.verb()))
                .or(() -> kind(rule, request))
                .or(() -> request.isResourceRequest() ? resource(rule, request) : path(rule, request));
    }

    private static Optional<Mismatch> users(List<String> users, RequestAttributes request) {
        return request.user() == null && !users.isEmpty()
                ? Optional.of(
                        new Mismatch("users", MismatchPhrases.onlyFor("user", users) + ", and nobody is authenticated"))
                : oneOf("users", "user", users, request.user());
    }

    private static Optional<Mismatch> userGroups(List<String> wanted, RequestAttributes request) {
        if (wanted.isEmpty() || (request.user() != null && !Collections.disjoint(request.groups(), wanted))) {
            return Optional.empty();
        }
        String instead = request.user() == null
                ? "nobody is authenticated"
                : request.groups().isEmpty()
                        ? "the user is in no group"
                        : "the user is in " + MismatchPhrases.counted("group", request.groups());
        return Optional.of(new Mismatch("userGroups", MismatchPhrases.onlyFor("group", wanted) + ", and " + instead));
    }

    private static Optional<Mismatch> kind(PolicyRule rule, RequestAttributes request) {
        boolean forResources = !rule.namespaces().isEmpty() || !rule.resources().isEmpty();
        if (forResources && !request.isResourceRequest()) {
            String field = rule.resources().isEmpty() ? "namespaces" : "resources";
            return Optional.of(new Mismatch(
                    field, "is only for resources, and " + MismatchPhrases.quoted(request.path()) + " is none"));
        }
        if (!forResources && !rule.nonResourceURLs().isEmpty() && request.isResourceRequest()) {
            return Optional.of(new Mismatch(
                    "nonResourceURLs", "is only for non-resource URLs, and the request is for a resource"));
        }
        return Optional.empty();
    }

    private static Optional<Mismatch> resource(PolicyRule rule, RequestAttributes request) {
        return namespace(rule.namespaces(), request.namespace())
                .or(() -> ResourceMismatches.first(rule.resources(), request));
    }

    private static Optional<Mismatch> namespace(List<String> namespaces, String namespace) {
        return namespace.isEmpty() && !namespaces.isEmpty() && !namespaces.contains("")
                ? Optional.of(new Mismatch(
                        "namespaces",
                        MismatchPhrases.onlyFor("namespace", namespaces) + ", and the request is in no namespace"))
                : oneOf("namespaces", "namespace", namespaces, namespace);
    }

    private static Optional<Mismatch> path(PolicyRule rule, RequestAttributes request) {
        List<String> urls = rule.nonResourceURLs();
        return urls.isEmpty() || urls.stream().anyMatch(url -> new PathPattern(url).matches(request.path()))
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "nonResourceURLs",
                        MismatchPhrases.onlyFor("URL", urls) + ", and the URL is "
                                + MismatchPhrases.quoted(request.path())));
    }

    private static Optional<Mismatch> oneOf(String field, String noun, List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual)
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        field,
                        MismatchPhrases.onlyFor(noun, wanted) + ", and the " + noun + " is "
                                + MismatchPhrases.quoted(actual)));
    }
}
