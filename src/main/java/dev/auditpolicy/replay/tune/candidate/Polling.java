package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Protection;
import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads that programs repeat, for each of them. */
record Polling() implements CandidateSource {

    private static final Set<String> READS = Set.of("get", "list", "watch");

    @Override
    public Stream<Candidate> candidates(Traffic traffic) {
        Set<Actor> unsafe = UnsafeActors.of(traffic);
        return Stream.concat(
                ByRule.of(
                                traffic,
                                kind -> isRead(kind.kind())
                                        && !unsafe.contains(kind.kind().actor()))
                        .stream()
                        .flatMap(rule -> byActor(rule, Polling::onResources)),
                ByRule.of(
                                traffic,
                                kind -> isDiscovery(kind.kind())
                                        && !unsafe.contains(kind.kind().actor()))
                        .stream()
                        .flatMap(rule -> byActor(rule, Polling::onPaths)));
    }

    private static boolean isRead(RequestKind kind) {
        return kind.isResourceRequest()
                && kind.isNamed()
                && kind.protection() == Protection.NONE
                && READS.contains(kind.verb())
                && kind.actor().isMachine()
                && (!kind.resource().contains("/")
                        || kind.resource().endsWith("/status")
                        || kind.resource().endsWith("/scale"));
    }

    private static boolean isDiscovery(RequestKind kind) {
        return !kind.isResourceRequest()
                && RequestKind.DISCOVERY.contains(kind.resource())
                && kind.verb().equals("get")
                && kind.actor().isMachine();
    }

    private static Stream<Candidate> byActor(ByRule rule, BiFunction<ByRule, Targets, PolicyRule> narrow) {
        return rule.kinds().stream()
                .map(kind -> kind.kind().actor())
                .distinct()
                .flatMap(actor ->
                        candidate(rule.where(kind -> kind.kind().actor().equals(actor)), actor, narrow).stream());
    }

    private static Optional<Candidate> candidate(
            ByRule rule, Actor actor, BiFunction<ByRule, Targets, PolicyRule> narrow) {
        Set<String> refused = rule.kinds().stream()
                .filter(KindVolume::isRefused)
                .map(kind -> kind.kind().resource())
                .collect(Collectors.toSet());
        ByRule safe = rule.where(kind -> !refused.contains(kind.kind().resource()));
        if (safe.kinds().isEmpty()) {
            return Optional.empty();
        }
        Targets targets = Targets.of(safe.kinds());
        PolicyRule narrowed = narrow.apply(rule, targets);
        Optional<PolicyRule> drafted = actor.kind() == Actor.Kind.NODES
                ? RuleDraft.byNodes(narrowed)
                : Optional.of(RuleDraft.byUsers(narrowed, List.of(actor.name())));
        return drafted.map(made -> new Candidate(
                Step.POLLING,
                "reads by " + (actor.kind() == Actor.Kind.NODES ? "kubelets" : actor.name()) + ": " + targets.names(),
                rule.index(),
                made,
                targets.among(safe.kinds())));
    }

    private static PolicyRule onResources(ByRule rule, Targets targets) {
        return new NarrowedRule(rule.base()).onResources(Level.NONE, targets.verbs(), targets.resources());
    }

    private static PolicyRule onPaths(ByRule rule, Targets targets) {
        return new NarrowedRule(rule.base())
                .onPaths(
                        Level.NONE,
                        targets.verbs(),
                        targets.paths().stream()
                                .flatMap(path -> Stream.of(path, path + "/*"))
                                .toList());
    }
}
