package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.RequestKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The resources, or paths, that most of some requests are for: a rule for all of them would be too long to read. */
record Targets(List<String> keys, List<String> verbs) {

    private static final double MOST = 0.97;
    private static final double LEAST = 0.01;
    private static final int MAX_TARGETS = 40;

    Targets {
        keys = List.copyOf(keys);
        verbs = List.copyOf(verbs);
    }

    /** Those with most bytes. */
    static Targets of(Collection<KindVolume> kinds) {
        Map<String, Long> sizes = kinds.stream()
                .collect(Collectors.groupingBy(Targets::key, TreeMap::new, Collectors.summingLong(kind -> kind.now()
                        .maxBytes())));
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        List<Map.Entry<String, Long>> largest = sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_TARGETS)
                .toList();
        Set<String> chosen = new LinkedHashSet<>();
        long sum = 0;
        for (var entry : largest) {
            if (chosen.isEmpty() || (sum < MOST * all && entry.getValue() >= LEAST * all)) {
                chosen.add(entry.getKey());
            }
            sum += entry.getValue();
        }
        return new Targets(
                List.copyOf(chosen),
                kinds.stream()
                        .filter(kind -> chosen.contains(key(kind)))
                        .map(kind -> kind.kind().verb())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** Those of the requests that a rule with these resources, or paths, and verbs matches. */
    Set<KindVolume> among(Collection<KindVolume> kinds) {
        return kinds.stream().filter(matches()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Predicate<KindVolume> matches() {
        Set<String> chosen = Set.copyOf(keys);
        return kind -> chosen.contains(key(kind)) && verbs.contains(kind.kind().verb());
    }

    /** As resources of a rule. */
    List<NarrowedRule.Target> resources() {
        return keys.stream()
                .map(key -> key.split(" ", 2))
                .map(parts -> new NarrowedRule.Target(parts[0], parts[1]))
                .toList();
    }

    /** As paths. */
    List<String> paths() {
        return keys.stream().map(String::strip).toList();
    }

    /** For people. */
    String names() {
        List<String> names = keys.stream()
                .map(key -> key.split(" ", 2))
                .map(parts -> RequestKind.label(parts[0], parts[1]))
                .toList();
        return names.size() > 3
                ? String.join(", ", names.subList(0, 2)) + " and " + (names.size() - 2) + " more"
                : String.join(", ", names);
    }

    private static String key(KindVolume kind) {
        return kind.kind().group() + " " + kind.kind().resource();
    }
}
