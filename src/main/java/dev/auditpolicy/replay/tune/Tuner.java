package dev.auditpolicy.replay.tune;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses changes until the log keeps the budget: first those that take least from the log, of these first those that save
 * most. Then it leaves out what is not needed, first what takes most.
 */
public final class Tuner {

    /** A change that saves a smaller part of what is left is not worth a rule. */
    private static final double LEAST = 0.005;

    private static final int MAX_CHANGES = 60;

    private final Traffic traffic;
    private final List<Candidate> candidates;
    private final KeptProfiles kept;
    private final Volume now;

    /**
     * For what was measured.
     *
     * @param version of kube-apiserver
     * @param profiles the benchmarks that must not be satisfied less than now
     * @param keepsArrivals whether the stage RequestReceived is needed, as with mode blocking-strict
     */
    public Tuner(Traffic traffic, KubernetesVersion version, Set<Profile> profiles, boolean keepsArrivals) {
        this.traffic = traffic;
        now = traffic.now();
        kept = new KeptProfiles(traffic.policy(), version, profiles);
        candidates = Stream.<CandidateSource>of(
                        new PolicyFields(keepsArrivals),
                        new HealthChecks(),
                        Routine.LEASES,
                        Routine.EVENTS,
                        Bodies.OF_READS,
                        new Polling(),
                        Bodies.RESPONSES,
                        Bodies.REQUESTS)
                .flatMap(source -> source.candidates(traffic))
                .sorted(Comparator.comparing(Candidate::step)
                        .thenComparing(
                                this::saving,
                                Comparator.comparingLong(Volume::maxBytes).reversed())
                        .thenComparing(Candidate::what)
                        .thenComparing(Candidate::base))
                .toList();
    }

    private Volume saving(Candidate candidate) {
        return now.minus(new Selection(traffic, List.of(candidate)).total());
    }

    /** The proposal for a budget, in bytes for the time of the log. */
    public Proposal propose(long allowed) {
        Map<Candidate, Proposal.Refused> refused = new LinkedHashMap<>();
        List<Candidate> chosen = List.of();
        List<Candidate> before;
        do {
            before = chosen;
            for (Step step : Step.values()) {
                chosen = withStep(chosen, step, allowed, refused);
            }
            // What was too little beside the whole log may be worth a rule in a smaller one.
        } while (!chosen.equals(before));
        return proposal(withoutNeedless(chosen, allowed), List.copyOf(refused.values()), allowed);
    }

    /** Asks for each change only if all together are not allowed, because to ask takes long. */
    private List<Candidate> withStep(
            List<Candidate> chosen, Step step, long allowed, Map<Candidate, Proposal.Refused> refused) {
        List<Candidate> unasked = extended(chosen, step, allowed, refused, false);
        return unasked.equals(chosen) || kept.objection(unasked).isEmpty()
                ? unasked
                : extended(chosen, step, allowed, refused, true);
    }

    private List<Candidate> extended(
            List<Candidate> from, Step step, long allowed, Map<Candidate, Proposal.Refused> refused, boolean asks) {
        List<Candidate> chosen = from;
        Volume then = new Selection(traffic, chosen).total();
        for (Candidate candidate : candidates) {
            if (then.maxBytes() <= allowed || chosen.size() >= MAX_CHANGES) {
                break;
            }
            if (candidate.step() != step || refused.containsKey(candidate) || isNeedless(candidate, chosen)) {
                continue;
            }
            List<Candidate> more = plus(chosen, candidate);
            Volume with = new Selection(traffic, more).total();
            Volume saving = then.minus(with);
            if (saving.maxBytes() <= LEAST * then.maxBytes()) {
                continue;
            }
            Optional<String> objection = asks ? kept.objection(more) : Optional.empty();
            if (objection.isPresent()) {
                refused.put(candidate, new Proposal.Refused(candidate, saving, objection.get()));
            } else {
                chosen = more;
                then = with;
            }
        }
        return chosen;
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

    private Proposal proposal(List<Candidate> chosen, List<Proposal.Refused> refused, long allowed) {
        var changes = new ArrayList<Proposal.Change>();
        Volume before = now;
        for (int count = 1; count <= chosen.size(); count++) {
            Volume after = new Selection(traffic, chosen.subList(0, count)).total();
            changes.add(new Proposal.Change(chosen.get(count - 1), before.minus(after)));
            before = after;
        }
        return new Proposal(
                traffic,
                TunedPolicy.of(traffic.policy(), chosen),
                changes,
                refused,
                kept.needless(chosen),
                new Remainder(new Selection(traffic, chosen), refused).rows(),
                now,
                before,
                allowed);
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
