package dev.auditpolicy.policy.temporary;

import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.policy.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries of {@code spec.temporaryRules} that the status of the AuditPolicy has, so that they were accepted once. */
public record KnownEntries(Set<List<String>> entries) {

    public KnownEntries {
        entries = Set.copyOf(entries);
    }

    /** Those of a status that was read. */
    public static KnownEntries of(List<TemporaryRulesStatus> states) {
        return new KnownEntries(states.stream()
                .map(state -> List.of(state.until(), state.reason()))
                .collect(Collectors.toSet()));
    }

    /** Those of an AuditPolicy. */
    public static KnownEntries of(Tree auditPolicy) {
        return auditPolicy
                                .field("status")
                                .flatMap(status -> status.field("temporaryRules"))
                                .orElse(null)
                        instanceof Tree.Items items
                ? new KnownEntries(items.items().stream()
                        .map(item -> TemporaryEntry.of(0, item))
                        .map(entry -> List.of(entry.until(), entry.reason()))
                        .collect(Collectors.toSet()))
                : new KnownEntries(Set.of());
    }

    /** Whether the entry with this {@code until} and {@code reason} is one of them. */
    public boolean contains(String until, String reason) {
        return entries.contains(List.of(until, reason));
    }
}
