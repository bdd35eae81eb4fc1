package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.evaluate.PathPattern;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Compares a rule with a request field by field, in upstream's order, and describes the first mismatch. */
final class Mismatches {

    private Mismatches() {}

    /** The first field that does not match; empty if the rule matches. */
    static Optional<Mismatch> first(PolicyRule rule, RequestAttributes request) {
        return users(rule.users(), request)
                .or(() -> userGroups(rule.userGroups(), request))
                .or(() -> oneOf("verbs", "verb", rule.verbs(), request.verb()))
                .or(() -> requestType(rule, request))
                .or(() -> request.isResourceRequest() ? resource(rule, request) : path(rule, request));
    }

    private static Optional<Mismatch> users(List<String> users, RequestAttributes request) {
        String user = request.user();
        if (user != null) {
            return oneOf("users", "user", users, user);
        }
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "users", MismatchPhrases.matchesOnly("user", users) + ", but the request is unauthenticated"));
    }

    private static Optional<Mismatch> userGroups(List<String> ruleValues, RequestAttributes request) {
        if (ruleValues.isEmpty() || (request.user() != null && !Collections.disjoint(request.groups(), ruleValues))) {
            return Optional.empty();
        }
        String actual = request.user() == null
                ? "the request is unauthenticated"
                : request.groups().isEmpty()
                        ? "the user is in no group"
                        : "the user is in " + MismatchPhrases.counted("group", request.groups());
        return Optional.of(
                new Mismatch("userGroups", MismatchPhrases.matchesOnly("group", ruleValues) + ", but " + actual));
    }

    private static Optional<Mismatch> requestType(PolicyRule rule, RequestAttributes request) {
        boolean forResources = !rule.namespaces().isEmpty() || !rule.resources().isEmpty();
        if (forResources && !request.isResourceRequest()) {
            String field = rule.resources().isEmpty() ? "namespaces" : "resources";
            return Optional.of(new Mismatch(
                    field,
                    "matches only resource requests, but " + MismatchPhrases.quoted(request.path())
                            + " is a non-resource URL"));
        }
        if (!forResources && !rule.nonResourceURLs().isEmpty() && request.isResourceRequest()) {
            return Optional.of(new Mismatch(
                    "nonResourceURLs", "matches only non-resource URLs, but the request is for a resource"));
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
                        MismatchPhrases.matchesOnly("namespace", namespaces) + ", but the request has no namespace"))
                : oneOf("namespaces", "namespace", namespaces, namespace);
    }

    private static Optional<Mismatch> path(PolicyRule rule, RequestAttributes request) {
        List<String> urls = rule.nonResourceURLs();
        return urls.isEmpty() || urls.stream().anyMatch(url -> new PathPattern(url).matches(request.path()))
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        "nonResourceURLs",
                        MismatchPhrases.matchesOnly("URL", urls) + ", but the URL is "
                                + MismatchPhrases.quoted(request.path())));
    }

    private static Optional<Mismatch> oneOf(String field, String noun, List<String> ruleValues, String actual) {
        return ruleValues.isEmpty() || ruleValues.contains(actual)
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        field,
                        MismatchPhrases.matchesOnly(noun, ruleValues) + ", but the " + noun + " is "
                                + MismatchPhrases.quoted(actual)));
    }
}
