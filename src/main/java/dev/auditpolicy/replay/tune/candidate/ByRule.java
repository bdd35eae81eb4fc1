package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Requests that one rule decides.
 *
 * @param index of the rule
 * @param base the rule
 * @param kinds the requests
 */
record ByRule(int index, PolicyRule base, List<KindVolume> kinds) {

    ByRule {
        kinds = List.copyOf(kinds);
    }

    /** Some requests, by rule. */
    static List<ByRule> of(Traffic traffic, Predicate<KindVolume> wanted) {
        return traffic.kinds().stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(kind -> kind.kind().rule(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry ->
                        new ByRule(entry.getKey(), traffic.policy().rules().get(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** Some of them. */
    ByRule where(Predicate<KindVolume> wanted) {
        return new ByRule(index, base, kinds.stream().filter(wanted).toList());
    }
}
