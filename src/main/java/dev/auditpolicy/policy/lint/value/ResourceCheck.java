package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.cluster.ResourceNames;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks that a value has a form that matches resources, and names a resource of its API group if that is built in.
 *
 * @param group the API group of the entry; {@code *} for every group
 */
record ResourceCheck(String group, LintContext context) implements ValueCheck {

    private static final ResourceNames NAMES = new ResourceNames(BuiltInApi.RESOURCES);

    @Override
    public Optional<ValueFault> check(String resource) {
        if (resource.equals("*")) {
            return Optional.empty();
        }
        return wrongForm(resource).or(() -> group.equals("*") ? unknownEverywhere(resource) : unknownInGroup(resource));
    }

    /** Forms are {@code a}, {@code a/b}, {@code a/*} and <code>*&#47;b</code>. */
    private static Optional<ValueFault> wrongForm(String resource) {
        List<String> parts = List.of(resource.split("/", -1));
        if (resource.equals("*/*")) {
            return Optional.of(pattern(resource, "use \"*\", which matches subresources too"));
        }
        if (parts.size() > 2 || parts.contains("")) {
            return Optional.of(pattern(
                    resource, resource.isEmpty() ? "remove the value" : "use RESOURCE or RESOURCE/SUBRESOURCE"));
        }
        if (parts.stream().anyMatch(part -> part.length() > 1 && part.contains("*"))) {
            return Optional.of(pattern(resource, "list the resources: '*' replaces only a whole name"));
        }
        if (!resource.equals(resource.toLowerCase(Locale.ROOT))) {
            String meant = NAMES.nameInOtherGroups(resource);
            return Optional.of(new ValueFault(
                    FindingCode.UPPER_CASE,
                    "resource names in requests are lower-case plurals, never \"" + resource + "\"",
                    "use \"" + (meant.equals(resource) ? resource.toLowerCase(Locale.ROOT) : meant) + "\""));
        }
        return Optional.empty();
    }

    private Optional<ValueFault> unknownInGroup(String resource) {
        String parent = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (!BuiltInApi.RESOURCES.groups().contains(group) || isKnown(parent)) {
            return Optional.empty();
        }
        if (parent.startsWith("*/")) {
            return unknownEverywhere(parent);
        }
        if (isObsolete(parent)) {
            return Optional.of(new ValueFault(
                    FindingCode.OBSOLETE, "podsecuritypolicies were removed in 1.25", "remove the resource"));
        }
        Optional<String> meant = meant(parent);
        if (meant.isEmpty() && context.newest().compareTo(BuiltInApi.NEWEST) > 0) {
            return Optional.empty();
        }
        String where = group.isEmpty() ? "the core group" : "the API group " + Phrases.quoted(group);
        return Optional.of(new ValueFault(
                FindingCode.UNKNOWN_RESOURCE,
                where + " has no resource " + Phrases.quoted(resource),
                meant.orElse("use a name that \"kubectl api-resources\" shows for that group")));
    }

    /** A resource that no built-in group has may be a custom one; a subresource of all resources is known. */
    private static Optional<ValueFault> unknownEverywhere(String resource) {
        boolean known = !resource.startsWith("*/")
                || BuiltInApi.RESOURCES.groups().stream()
                        .flatMap(name -> BuiltInApi.RESOURCES.names(name).stream())
                        .anyMatch(name -> name.endsWith(resource.substring(1)));
        return known
                ? Optional.empty()
                : Optional.of(new ValueFault(
                        FindingCode.UNKNOWN_RESOURCE,
                        "no resource has a subresource \"" + resource.substring(2) + "\"",
                        "use a subresource such as \"*/status\" or \"*/scale\""));
    }

    private boolean isKnown(String resource) {
        return (BuiltInApi.RESOURCES.find(group, resource).isPresent() && !isObsolete(resource))
                || (context.discovery() != null
                        && context.discovery().find(group, resource).isPresent());
    }

    private boolean isObsolete(String resource) {
        return group.equals("policy")
                && resource.equals("podsecuritypolicies")
                && context.oldest().isAtLeast(1, 25);
    }

    /** How to fix a resource that exists in another spelling or in another group. */
    private Optional<String> meant(String resource) {
        List<String> groups = NAMES.groupsWith(resource);
        return NAMES.meant(group, resource)
                .map(name -> "use " + Phrases.quoted(name))
                .or(() -> groups.stream()
                        .findFirst()
                        .map(other -> Phrases.quoted(NAMES.nameInOtherGroups(resource)) + " is in the "
                                + (other.isEmpty() ? "core group" : "API group " + Phrases.quoted(other))
                                + ": move it to an entry with that group"))
                .or(() -> NAMES.nearest(group, resource).map(Phrases::didYouMean));
    }

    private static ValueFault pattern(String resource, String fix) {
        return new ValueFault(
                FindingCode.WRONG_RESOURCE_PATTERN, "\"" + resource + "\" matches no resource or subresource", fix);
    }
}
