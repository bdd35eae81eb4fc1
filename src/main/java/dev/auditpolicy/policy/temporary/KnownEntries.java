package dev.auditpolicy.policy.temporary;

import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.policy.tree.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When entries of {@code spec.temporaryRules} end that the status of the AuditPolicy has, so that they were accepted once. Their
 * reason may be corrected later, and their time may be written in another time zone.
 */
public record KnownEntries(Set<Instant> ends) {

    public KnownEntries {
        ends = Set.copyOf(ends);
    }

    /** Those of a status that was read. */
    public static KnownEntries of(List<TemporaryRulesStatus> states) {
        return of(states.stream().map(TemporaryRulesStatus::until));
    }

    /** Those of an AuditPolicy. */
    public static KnownEntries of(Tree auditPolicy) {
        return auditPolicy
                                .field("status")
                                .flatMap(status -> status.field("temporaryRules"))
                                .orElse(null)
                        instanceof Tree.Items items
                ? of(items.items().stream()
                        .map(item -> TemporaryEntry.of(0, item).until()))
                : new KnownEntries(Set.of());
    }

    private static KnownEntries of(Stream<String> untils) {
        return new KnownEntries(
                untils.flatMap(until -> TemporaryEntry.end(until).stream()).collect(Collectors.toSet()));
    }

    /** Whether an entry that ends then is one of them. */
    boolean contains(Instant end) {
        return ends.contains(end);
    }
}
