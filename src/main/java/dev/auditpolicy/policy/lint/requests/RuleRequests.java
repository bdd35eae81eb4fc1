package dev.auditpolicy.policy.lint.requests;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The requests that a rule matches, regardless of other rules: upstream's {@code ruleMatches}, as sets. */
final class RuleRequests {

    private RuleRequests() {}

    /** As few sets as possible, whose union the rule matches. */
    static List<Requests> of(PolicyRule rule) {
        Requests common = Requests.ALL
                .where(Attribute.USER, Values.orAny(rule.users()))
                .where(Attribute.USER_GROUPS, Memberships.orAny(rule.userGroups()))
                .where(Attribute.VERB, Values.orAny(rule.verbs()));
        if (!rule.namespaces().isEmpty() || !rule.resources().isEmpty()) {
            Requests forResources = common.where(Attribute.KIND, Values.of(Requests.RESOURCE))
                    .where(Attribute.NAMESPACE, Values.orAny(rule.namespaces()));
            return rule.resources().isEmpty() ? List.of(forResources) : resources(rule.resources(), forResources);
        }
        return rule.nonResourceURLs().isEmpty()
                ? List.of(common)
                : List.of(common.where(Attribute.KIND, Values.of(Requests.PATH))
                        .where(Attribute.URL_PATH, Paths.of(rule.nonResourceURLs())));
    }

    private record Content(List<String> resources, List<String> resourceNames) {}

    /** Many policies list groups without resources, so entries with the same content become one set. */
    private static List<Requests> resources(List<GroupResources> resources, Requests common) {
        var groups = new LinkedHashMap<Content, List<String>>();
        for (var entry : resources) {
            groups.computeIfAbsent(new Content(entry.resources(), entry.resourceNames()), content -> new ArrayList<>())
                    .add(entry.group() == null ? "" : entry.group());
        }
        var sets = new ArrayList<Requests>();
        groups.forEach((content, names) -> {
            Requests inGroups = names.contains("*") ? common : common.where(Attribute.API_GROUP, Values.of(names));
            if (content.resources().isEmpty()) {
                sets.add(inGroups);
            } else {
                sets.addAll(named(
                        content.resources(), inGroups.where(Attribute.NAME, Values.orAny(content.resourceNames()))));
            }
        });
        return sets;
    }

    /** {@code pods/*} also matches pods itself. No resource or subresource has a slash in its name. */
    private static List<Requests> named(List<String> resources, Requests common) {
        if (resources.contains("*")) {
            return List.of(common);
        }
        var bySubresource = new LinkedHashMap<Values, List<String>>();
        var ofEveryResource = new ArrayList<String>();
        for (var resource : resources) {
            int slash = resource.indexOf('/');
            String parent = slash < 0 ? resource : resource.substring(0, slash);
            String subresource = slash < 0 ? "" : resource.substring(slash + 1);
            if (slash >= 0 && subresource.isEmpty()) {
                continue;
            }
            if (parent.equals("*")) {
                ofEveryResource.add(subresource);
            }
            if (subresource.equals("*") || !parent.equals("*")) {
                Values subresources = subresource.equals("*") ? Values.ANY : Values.of(subresource);
                bySubresource
                        .computeIfAbsent(subresources, values -> new ArrayList<>())
                        .add(parent);
            }
        }
        var sets = new ArrayList<Requests>();
        bySubresource.forEach((subresources, parents) -> sets.add(
                common.where(Attribute.RESOURCE, Values.of(parents)).where(Attribute.SUBRESOURCE, subresources)));
        if (!ofEveryResource.isEmpty()) {
            sets.add(common.where(Attribute.SUBRESOURCE, Values.of(ofEveryResource)));
        }
        return sets;
    }
}
