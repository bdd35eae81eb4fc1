package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Health checks of everyone who was not refused. */
record HealthChecks() implements CandidateSource {

    @Override
    public Stream<Candidate> candidates(Traffic traffic) {
        return ByRule.of(traffic, HealthChecks::isProbe).stream().flatMap(all -> {
            // The proposed rule names groups if this one names nobody.
            ByRule rule =
                    all.base().users().isEmpty() && all.base().userGroups().isEmpty()
                            ? all.where(kind -> kind.kind().inAnyGroup())
                            : all;
            Set<String> refused = rule.kinds().stream()
                    .filter(kind -> kind.isRefused() || kind.isImpersonated())
                    .map(kind -> kind.kind().resource())
                    .collect(Collectors.toSet());
            var kinds = rule.kinds().stream()
                    .filter(kind -> !refused.contains(kind.kind().resource()))
                    .toList();
            if (kinds.isEmpty()) {
                return Stream.empty();
            }
            Targets targets = Targets.of(kinds);
            PolicyRule narrowed = new NarrowedRule(rule.base())
                    .onPaths(
                            Level.NONE,
                            targets.verbs(),
                            targets.paths().stream().map(path -> path + "*").toList());
            return Stream.of(new Candidate(
                    Step.HEALTH_CHECKS,
                    "health checks",
                    rule.index(),
                    RuleDraft.byAnyone(narrowed),
                    targets.among(kinds)));
        });
    }

    private static boolean isProbe(KindVolume volume) {
        RequestKind kind = volume.kind();
        return !kind.isResourceRequest()
                && RequestKind.PROBES.contains(kind.resource())
                && kind.verb().equals("get")
                && kind.actor().kind() != Actor.Kind.NOBODY;
    }
}
