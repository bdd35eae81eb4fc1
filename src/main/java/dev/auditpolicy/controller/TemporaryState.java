package dev.auditpolicy.controller;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /**
     * What the status says of the entries: one that has ended stays Overdue until every node runs a revision without it.
     *
     * @param previous what it said before
     */
    List<TemporaryRulesStatus> entries(List<TemporaryRulesStatus> previous, boolean isComplete) {
        return entries.stream()
                .map(entry -> !isComplete && entry.state() == State.ENDED && isPending(entry, previous)
                        ? entry.with(State.OVERDUE)
                        : entry)
                .toList();
    }

    private static boolean isPending(TemporaryRulesStatus entry, List<TemporaryRulesStatus> previous) {
        return previous.stream()
                .filter(before -> before.until().equals(entry.until()))
                .anyMatch(before -> before.state() != State.ENDED);
    }

    /** The previous entries of a spec that changes no node, while time goes on. */
    static List<TemporaryRulesStatus> unchanged(List<TemporaryRulesStatus> previous, Instant now) {
        return previous.stream()
                .map(entry -> entry.state() == State.ACTIVE && TimedPolicy.hasEnded(entry.until(), now)
                        ? entry.with(State.OVERDUE)
                        : entry)
                .toList();
    }

    /** Which rules apply until when, and which should not any more; empty if there are none. */
    static Optional<String> describe(List<TemporaryRulesStatus> entries) {
        return Optional.of(Stream.of(
                                list(entries, State.ACTIVE, "temporary rules apply until "),
                                list(
                                        entries,
                                        State.OVERDUE,
                                        "until the rollout is complete, nodes may apply temporary rules that ended at "))
                        .flatMap(Optional::stream)
                        .collect(joining("; ")))
                .filter(text -> !text.isEmpty());
    }

    private static Optional<String> list(List<TemporaryRulesStatus> entries, State state, String what) {
        return Optional.of(entries.stream()
                        .filter(entry -> entry.state() == state)
                        .map(entry -> entry.until() + " (" + entry.reason() + ")")
                        .distinct()
                        .collect(joining(", ")))
                .filter(text -> !text.isEmpty())
                .map(what::concat);
    }
}
