package dev.auditpolicy.observed;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which nodes of a cluster run the same, and how the others differ. */
public final class NodeDifferences {

    private static final int MAX_NAMES = 5;

    private NodeDifferences() {}

    /** The names of the nodes that run the same, most nodes first. */
    public static List<List<String>> groups(Map<String, ObservedConfig> nodes) {
        return new TreeMap<>(nodes)
                .entrySet().stream()
                        .collect(groupingBy(Map.Entry::getValue, LinkedHashMap::new, toList()))
                        .values()
                        .stream()
                        .map(group -> group.stream().map(Map.Entry::getKey).toList())
                        .sorted(comparing((List<String> group) -> -group.size()).thenComparing(List::getFirst))
                        .toList();
    }

    /**
     * How one node differs from each group of the others that run the same.
     *
     * @param nodes all of the cluster, {@code name} included
     */
    public static List<String> of(String name, Map<String, ObservedConfig> nodes) {
        if (!nodes.containsKey(name)) {
            return List.of();
        }
        return groups(nodes).stream()
                .filter(group -> !group.contains(name))
                .flatMap(group -> between(List.of(name), group, nodes).stream())
                .toList();
    }

    /** How the nodes of one group differ from those of another. */
    public static List<String> between(List<String> group, List<String> other, Map<String, ObservedConfig> nodes) {
        var here = requireNonNull(nodes.get(group.getFirst()), "unknown node");
        var there = requireNonNull(nodes.get(other.getFirst()), "unknown node");
        return here.differences(there, "on " + names(other));
    }

    /** A few names, and how many more there are. */
    public static String names(List<String> names) {
        var shown = names.stream().limit(MAX_NAMES).collect(joining(", "));
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }
}
