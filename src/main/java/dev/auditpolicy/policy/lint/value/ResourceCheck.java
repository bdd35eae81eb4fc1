package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.cluster.ResourceNames;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a value has a form that matches resources, and names a resource of its API group if that is built in.
 *
 * @param group the API group of the entry; {@code *} for every group
 */
record ResourceCheck(String group, LintContext context) implements ValueCheck {

    private static final ResourceNames NAMES = new ResourceNames(BuiltInApi.RESOURCES);

    /** Their resources are metrics, which can have any name. */
    private static final Set<String> METRICS = Set.of("custom.metrics.k8s.io", "external.metrics.k8s.io");

    /** A shorter name is a letter away from others by chance. */
    private static final int MIN_GUESSED = 4;

    @Override
    public Optional<ValueFault> check(String resource) {
        if (resource.equals("*") || METRICS.contains(group)) {
            return Optional.empty();
        }
        return wrongForm(resource).or(() -> group.equals("*") ? unknownEverywhere(resource) : unknownInGroup(resource));
    }

    /** Forms are {@code a}, {@code a/b}, {@code a/*} and <code>*&#47;b</code>. */
    private Optional<ValueFault> wrongForm(String resource) {
        List<String> parts = List.of(resource.split("/", -1));
        if (resource.isEmpty()) {
            return Optional.of(pattern(resource, new Remedy.Remove("")));
        }
        if (resource.equals("*/*")) {
            return Optional.of(pattern(resource, new Remedy.Replace(List.of("*"), "which matches subresources too")));
        }
        if (parts.stream().anyMatch(part -> part.length() > 1 && part.contains("*"))) {
            return Optional.of(
                    pattern(resource, new Remedy.Advice("list the resources: '*' replaces only a whole name")));
        }
        String lower = resource.toLowerCase(Locale.ROOT);
        if (List.of(lower.split("/", -1)).stream().anyMatch(part -> !part.equals("*") && !ResourceSpelling.isName(part))
                || parts.size() > 2
                || (parts.size() == 2 && NAMES.isVersionOrGroup(parts.getFirst(), parts.getLast()))) {
            return Optional.of(pattern(resource, new ResourceSpelling(group).remedy(resource)));
        }
        return resource.equals(lower)
                ? Optional.empty()
                : Optional.of(new ValueFault(
                        FindingCode.UPPER_CASE,
                        "resource names in requests are lower-case plurals, never \"" + resource + "\"",
                        known(lower).orElseGet(() -> Remedy.use(lower))));
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
                    FindingCode.OBSOLETE, "podsecuritypolicies were removed in 1.25", new Remedy.Remove("")));
        }
        Optional<Remedy> meant =
                known(resource).or(() -> NAMES.nearest(group, resource).map(Remedy.Guess::new));
        if (meant.isEmpty() && context.newest().compareTo(BuiltInApi.NEWEST) > 0) {
            return Optional.empty();
        }
        String where = group.isEmpty() ? "the core group" : "the API group " + Phrases.quoted(group);
        return Optional.of(new ValueFault(
                FindingCode.UNKNOWN_RESOURCE,
                where + " has no resource " + Phrases.quoted(resource),
                meant.orElseGet(() -> names(parent))));
    }

    /** A resource that no built-in group has may be a custom one; a subresource of all resources is known. */
    private Optional<ValueFault> unknownEverywhere(String resource) {
        if (resource.startsWith("*/")) {
            return isKnownSubresource(resource) ? Optional.empty() : Optional.of(unknownSubresource(resource));
        }
        String parent = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (isInSomeGroup(parent)) {
            return Optional.empty();
        }
        String meant = NAMES.nameInOtherGroups(parent);
        return (meant.equals(parent) ? Nearest.within(1, parent, NAMES.all()) : Optional.of(meant))
                .filter(name -> parent.length() >= MIN_GUESSED)
                .map(name -> ValueFault.misspelled(
                        FindingCode.UNKNOWN_RESOURCE,
                        "no built-in API group has a resource " + Phrases.quoted(resource),
                        name + resource.substring(parent.length()),
                        false));
    }

    private boolean isInSomeGroup(String resource) {
        return !BuiltInApi.RESOURCES.groupsWith(resource).isEmpty()
                || (context.discovery() != null
                        && !context.discovery().groupsWith(resource).isEmpty());
    }

    private static boolean isKnownSubresource(String pattern) {
        return NAMES.all().stream().anyMatch(name -> name.endsWith(pattern.substring(1)));
    }

    private static ValueFault unknownSubresource(String pattern) {
        List<String> subresources = NAMES.all().stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(name.indexOf('/') + 1))
                .distinct()
                .toList();
        return new ValueFault(
                FindingCode.UNKNOWN_RESOURCE,
                "no resource has a subresource \"" + pattern.substring(2) + "\"",
                Nearest.within(1, pattern.substring(2), subresources)
                        .<Remedy>map(name -> new Remedy.Guess("*/" + name))
                        .orElseGet(() -> new Remedy.Advice("use a subresource such as \"*/status\" or \"*/scale\"")));
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

    /** The resource that exists in another spelling or in another group. */
    private Optional<Remedy> known(String resource) {
        String wildcard = resource.endsWith("/*") ? "/*" : "";
        String name = resource.substring(0, resource.length() - wildcard.length());
        return NAMES.meant(group, name)
                .map(meant -> Remedy.use(meant + wildcard))
                .or(() -> NAMES.groupsWith(name).stream()
                        .findFirst()
                        .map(other -> group.equals("*")
                                ? Remedy.use(NAMES.nameInOtherGroups(name) + wildcard)
                                : new Remedy.OtherGroup(other, NAMES.nameInOtherGroups(name) + wildcard)));
    }

    private Remedy names(String resource) {
        int slash = resource.indexOf('/');
        List<String> subresources = slash < 0
                ? List.of()
                : BuiltInApi.RESOURCES.names(group).stream()
                        .filter(name -> name.startsWith(resource.substring(0, slash + 1)))
                        .sorted()
                        .toList();
        return new Remedy.Advice(
                subresources.isEmpty()
                        ? "correct the name: \"kubectl api-resources\" lists those of the group"
                        : "use one of its subresources: " + String.join(", ", subresources));
    }

    private static ValueFault pattern(String resource, Remedy remedy) {
        return new ValueFault(
                FindingCode.WRONG_RESOURCE_PATTERN, "\"" + resource + "\" matches no resource or subresource", remedy);
    }
}
