package dev.auditpolicy.replay.tune;

import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses changes until the log keeps the budget: first those that take least from the log, of these first those that save
 * most. Then it leaves out what is not needed, first what takes most.
 */
final class ChangeSearch {

    /** A change that saves a smaller part of what is left is not worth a rule. */
    private static final double LEAST = 0.005;

    private static final int MAX_CHANGES = 60;

    private final Traffic traffic;
    private final List<Candidate> candidates;
    private final KeptProfiles kept;
    private final Map<Candidate, Proposal.Refused> refused = new LinkedHashMap<>();

    ChangeSearch(Traffic traffic, List<Candidate> candidates, KeptProfiles kept) {
        this.traffic = traffic;
        this.candidates = List.copyOf(candidates);
        this.kept = kept;
    }

    /** The changes for a budget, in bytes for the time of the log, and no others. */
    List<Candidate> choose(long allowed) {
        List<Candidate> chosen = List.of();
        List<Candidate> before;
        do {
            before = chosen;
            for (Step step : Step.values()) {
                chosen = withStep(chosen, step, allowed);
            }
            // What was too little beside the whole log may be worth a rule in a smaller one.
        } while (!chosen.equals(before));
        return withoutNeedless(chosen, allowed);
    }

    /** The changes that are not allowed. */
    List<Proposal.Refused> refused() {
        return List.copyOf(refused.values());
    }

    /** Asks for each change only if all together are not allowed, because to ask takes long. */
    private List<Candidate> withStep(List<Candidate> chosen, Step step, long allowed) {
        List<Candidate> unasked = extended(chosen, step, allowed, false);
        return unasked.equals(chosen) || kept.objection(unasked).isEmpty()
                ? unasked
                : extended(chosen, step, allowed, true);
    }

    private List<Candidate> extended(List<Candidate> from, Step step, long allowed, boolean asks) {
        List<Candidate> chosen = from;
        while (chosen.size() < MAX_CHANGES) {
            var selection = new Selection(traffic, chosen);
            long left = selection.total().maxBytes();
            Optional<Candidate> largest = left <= allowed ? Optional.empty() : largest(step, chosen, selection);
            if (largest.isEmpty() || selection.saving(largest.get()).maxBytes() <= LEAST * left) {
                return chosen;
            }
            List<Candidate> more = plus(chosen, largest.get());
            Optional<String> objection = asks ? kept.objection(more) : Optional.empty();
            if (objection.isPresent()) {
                refused.put(
                        largest.get(),
                        new Proposal.Refused(largest.get(), selection.saving(largest.get()), objection.get()));
            } else {
                chosen = more;
            }
        }
        return chosen;
    }

    private Optional<Candidate> largest(Step step, List<Candidate> chosen, Selection selection) {
        return candidates.stream()
                .filter(candidate ->
                        candidate.step() == step && !refused.containsKey(candidate) && !isNeedless(candidate, chosen))
                .max(Comparator.comparingLong(
                        candidate -> selection.saving(candidate).maxBytes()));
    }

    private static boolean isNeedless(Candidate candidate, List<Candidate> chosen) {
        return chosen.contains(candidate) || chosen.stream().anyMatch(other -> isAlike(other, candidate));
    }

    private List<Candidate> withoutNeedless(List<Candidate> chosen, long allowed) {
        long most = Math.max(allowed, new Selection(traffic, chosen).total().maxBytes());
        List<Candidate> needed = chosen;
        for (Candidate candidate : chosen.reversed()) {
            List<Candidate> fewer =
                    needed.stream().filter(other -> !other.equals(candidate)).toList();
            if (new Selection(traffic, fewer).total().maxBytes() <= most) {
                needed = fewer;
            }
        }
        return kept.objection(needed).isEmpty() ? needed : chosen;
    }

    /** Whether one was for everyone and the other is for some of them: of the same requests, one rule is enough. */
    private static boolean isAlike(Candidate other, Candidate candidate) {
        return other.isRule()
                && other.step() == candidate.step()
                && other.base() == candidate.base()
                && !Collections.disjoint(other.kinds(), candidate.kinds());
    }

    /** With another one, and without those that have no effect beside it. */
    private static List<Candidate> plus(List<Candidate> chosen, Candidate candidate) {
        var more = new ArrayList<>(chosen);
        more.removeIf(other -> other.isRule() && candidate.isRule() && isSuperseded(other, candidate));
        more.add(candidate);
        return more;
    }

    private static boolean isSuperseded(Candidate other, Candidate candidate) {
        return candidate.kinds().containsAll(other.kinds())
                && other.requiredRule()
                                .level()
                                .compareTo(candidate.requiredRule().level())
                        >= 0;
    }
}
