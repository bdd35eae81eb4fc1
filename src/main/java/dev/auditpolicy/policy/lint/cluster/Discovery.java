package dev.auditpolicy.policy.lint.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The resources that a cluster serves, as in its discovery documents. */
public final class Discovery {

    private final Map<String, Map<String, KnownResource>> groups;

    private Discovery(Map<String, Map<String, KnownResource>> groups) {
        this.groups = groups;
    }

    /** If a resource occurs twice (in two versions), the first counts. */
    public static Discovery of(Collection<KnownResource> resources) {
        return new Discovery(resources.stream()
                .collect(groupingBy(
                        KnownResource::group,
                        toMap(KnownResource::name, resource -> resource, (first, second) -> first))));
    }

    /** The API groups. */
    public Set<String> groups() {
        return groups.keySet();
    }

    /** A resource or subresource of a group. */
    public Optional<KnownResource> find(String group, String name) {
        return Optional.ofNullable(groups.getOrDefault(group, Map.of()).get(name));
    }

    /** The groups that have a resource or subresource of that name, sorted. */
    public List<String> groupsWith(String name) {
        return groups.entrySet().stream()
                .filter(group -> group.getValue().containsKey(name))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The names in a group, with subresources. */
    public Set<String> names(String group) {
        return groups.getOrDefault(group, Map.of()).keySet();
    }
}
