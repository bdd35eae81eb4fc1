package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks verbs: resource requests have those of upstream's {@code requestinfo.go}, other requests have HTTP methods.
 *
 * @param forResources whether the rule matches requests for resources
 * @param forPaths whether it matches requests for other URLs
 */
record VerbCheck(boolean forResources, boolean forPaths) implements ValueCheck {

    /** OPTIONS and similar methods have an empty verb. */
    private static final Set<String> RESOURCE_VERBS =
            Set.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "");

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options", "connect", "trace");

    private static final Set<String> ONLY_IN_RBAC =
            Set.of("use", "bind", "escalate", "impersonate", "approve", "sign", "attest");

    /** From this length on, two edits leave a verb recognizable. */
    private static final int LONG = 6;

    private static final Map<String, List<String>> CORRECTIONS = Map.ofEntries(
            Map.entry("post", List.of("create")),
            Map.entry("put", List.of("update")),
            Map.entry("head", List.of("get")),
            Map.entry("edit", List.of("update", "patch")),
            Map.entry("modify", List.of("update", "patch")),
            Map.entry("change", List.of("update", "patch")),
            Map.entry("replace", List.of("update")),
            Map.entry("apply", List.of("create", "patch")),
            Map.entry("write", List.of("create", "update", "patch", "delete", "deletecollection")),
            Map.entry("read", List.of("get", "list", "watch")),
            Map.entry("view", List.of("get", "list", "watch")),
            Map.entry("remove", List.of("delete", "deletecollection")),
            Map.entry("destroy", List.of("delete", "deletecollection")),
            Map.entry("deletecollections", List.of("deletecollection")),
            Map.entry("exec", List.of("get", "create")));

    private static final Map<String, List<String>> METHOD_CORRECTIONS = Map.of(
            "list", List.of("get"),
            "watch", List.of("get"),
            "create", List.of("post"),
            "update", List.of("put"),
            "deletecollection", List.of("delete"));

    @Override
    public Optional<ValueFault> check(String verb) {
        if (isKnown(verb)) {
            return Optional.empty();
        }
        String lower = verb.toLowerCase(Locale.ROOT);
        if (verb.contains("*")) {
            return Optional.of(ValueFault.noWildcard(
                    "verbs",
                    verb,
                    new Remedy.Advice(
                            verb.equals("*") ? "remove verbs: the rule then matches every verb" : "list the verbs")));
        }
        if (isKnown(lower)) {
            return Optional.of(ValueFault.upperCase(verb));
        }
        if (ONLY_IN_RBAC.contains(lower)) {
            return Optional.of(new ValueFault(
                    FindingCode.UNKNOWN_VERB,
                    "\"" + verb + "\" is a verb in RBAC rules only, and no request has it",
                    new Remedy.Remove("")));
        }
        return Optional.of(forResources ? unknownForResources(verb, lower) : unknownForPaths(verb, lower));
    }

    /** Whether resource requests have it; others have the HTTP method. */
    static boolean isOfResources(String verb) {
        return RESOURCE_VERBS.contains(verb);
    }

    private boolean isKnown(String verb) {
        return (forResources && RESOURCE_VERBS.contains(verb)) || (forPaths && METHODS.contains(verb));
    }

    private static ValueFault unknownForResources(String verb, String lower) {
        return new ValueFault(
                FindingCode.UNKNOWN_VERB,
                "no request has the verb \"" + verb + "\"",
                remedy(
                        lower,
                        CORRECTIONS,
                        List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")));
    }

    private static ValueFault unknownForPaths(String verb, String lower) {
        return new ValueFault(
                FindingCode.UNKNOWN_VERB,
                "\"" + verb + "\" is not an HTTP method, and requests for non-resource URLs have HTTP methods as verbs",
                remedy(lower, METHOD_CORRECTIONS, List.of("get", "head", "post", "put", "patch", "delete", "options")));
    }

    private static Remedy remedy(String lower, Map<String, List<String>> corrections, List<String> verbs) {
        if (corrections.containsKey(lower)) {
            return new Remedy.Replace(corrections.get(lower), "");
        }
        List<String> listed = Separated.split(lower);
        if (listed.size() > 1 && verbs.containsAll(listed)) {
            return new Remedy.Replace(listed, "");
        }
        return Nearest.within(lower.length() < LONG ? 1 : 2, lower, verbs)
                .<Remedy>map(Remedy.Guess::new)
                .orElseGet(() -> new Remedy.Advice("use one of " + String.join(", ", verbs)));
    }
}
