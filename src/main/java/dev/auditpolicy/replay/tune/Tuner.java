package dev.auditpolicy.replay.tune;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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

    private static final double LEAST_OF_ALL = 0.001;

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
        List<Candidate> chosen = List.of();
        var refused = new ArrayList<Proposal.Refused>();
        Volume then = now;
        for (Candidate candidate : candidates) {
            if (then.maxBytes() <= allowed || chosen.size() >= MAX_CHANGES) {
                break;
            }
            if (chosen.stream().anyMatch(other -> isAlike(other, candidate))) {
                continue;
            }
            List<Candidate> more = plus(chosen, candidate);
            Volume with = new Selection(traffic, more).total();
            Volume saving = then.minus(with);
            if (saving.maxBytes() <= 0
                    || saving.maxBytes() < Math.max(LEAST * then.maxBytes(), LEAST_OF_ALL * now.maxBytes())) {
                continue;
            }
            Optional<String> objection = kept.objection(more);
            if (objection.isPresent()) {
                refused.add(new Proposal.Refused(candidate, saving, objection.get()));
            } else {
                chosen = more;
                then = with;
            }
        }
        return proposal(withoutNeedless(chosen, then, allowed), refused, allowed);
    }

    private List<Candidate> withoutNeedless(List<Candidate> chosen, Volume then, long allowed) {
        long most = Math.max(allowed, then.maxBytes());
        List<Candidate> needed = List.copyOf(chosen);
        for (Candidate candidate : chosen.reversed()) {
            List<Candidate> fewer =
                    needed.stream().filter(other -> !other.equals(candidate)).toList();
            if (new Selection(traffic, fewer).total().maxBytes() <= most
                    && kept.objection(fewer).isEmpty()) {
                needed = fewer;
            }
        }
        return needed;
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
