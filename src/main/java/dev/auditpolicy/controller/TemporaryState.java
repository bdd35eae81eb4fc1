package dev.auditpolicy.controller;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The temporary rules of a spec.
 *
 * @param entries what has become of each
 * @param nextEnd when the next one ends
 * @param earlierRevisions those of the same spec before entries ended: whoever approved one of them approved the end, too
 */
record TemporaryState(List<TemporaryRulesStatus> entries, Optional<Instant> nextEnd, Set<String> earlierRevisions) {

    static final TemporaryState NONE = new TemporaryState(List.of(), Optional.empty(), Set.of());

    TemporaryState {
        entries = List.copyOf(entries);
        earlierRevisions = Set.copyOf(earlierRevisions);
    }

    /** Which rules apply until when; empty if none do. */
    Optional<String> describe() {
        return Optional.of(entries.stream()
                        .filter(entry -> entry.state() == State.ACTIVE)
                        .map(entry -> entry.until() + " (" + entry.reason() + ")")
                        .collect(joining(", ")))
                .filter(text -> !text.isEmpty())
                .map("temporary rules apply until "::concat);
    }
}
