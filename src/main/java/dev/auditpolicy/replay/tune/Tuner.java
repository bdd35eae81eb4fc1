package dev.auditpolicy.replay.tune;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Candidates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Proposes changes of a policy that bring a log under a budget. */
public final class Tuner {

    private final Traffic traffic;
    private final List<Candidate> candidates;
    private final KeptProfiles kept;
    private final Volume now;
    private final int fixedRules;

    /**
     * For what was measured.
     *
     * @param version of kube-apiserver
     * @param profiles the benchmarks that must not be satisfied less than now
     * @param keepsArrivals whether the stage RequestReceived is needed, as with mode blocking-strict
     * @param fixedRules so many of the first rules stay as they are, because they are temporary
     */
    public Tuner(
            Traffic traffic, KubernetesVersion version, Set<Profile> profiles, boolean keepsArrivals, int fixedRules) {
        this.fixedRules = fixedRules;
        this.traffic = traffic;
        now = traffic.now();
        kept = new KeptProfiles(traffic.policy(), version, profiles);
        candidates = Candidates.of(traffic, keepsArrivals).stream()
                .filter(candidate -> !candidate.isRule() || candidate.base() >= fixedRules)
                .sorted(Comparator.comparing(Candidate::step)
                        .thenComparing(Candidate::what)
                        .thenComparing(Candidate::base))
                .toList();
    }

    /** The proposal for a budget, in bytes for the time of the log. */
    public Proposal propose(long allowed) {
        var search = new ChangeSearch(traffic, candidates, kept);
        List<Candidate> chosen = search.choose(allowed);
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
                search.refused(),
                kept.needless(chosen),
                new Remainder(new Selection(traffic, chosen), search.refused(), fixedRules).rows(),
                now,
                before,
                allowed);
    }
}
