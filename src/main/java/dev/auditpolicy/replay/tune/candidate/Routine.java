package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests that components send all the time, and that change nothing of interest.
 *
 * @param what they are
 * @param verbs those of which nobody needs a record
 * @param groups the API groups with the resource
 * @param resource the resource
 */
record Routine(Step step, String what, Set<String> verbs, Set<String> groups, String resource)
        implements CandidateSource {

    static final Routine LEASES = new Routine(
            Step.LEASES,
            "heartbeats and leader elections",
            Set.of("get", "update", "patch"),
            Set.of("coordination.k8s.io"),
            "leases");

    /** Not their deletion, which hides traces. */
    static final Routine EVENTS = new Routine(
            Step.EVENTS, "Events", Set.of("create", "update", "patch"), Set.of("", "events.k8s.io"), "events");

    Routine {
        verbs = Set.copyOf(verbs);
        groups = Set.copyOf(groups);
    }

    @Override
    public Stream<Candidate> candidates(Traffic traffic) {
        Set<Actor> unsafe = UnsafeActors.of(traffic);
        return ByRule.of(traffic, volume -> contains(volume.kind())).stream().flatMap(rule -> {
            // Who was refused even once stays in the log.
            Set<Actor> refused = rule.kinds().stream()
                    .filter(KindVolume::isRefused)
                    .map(kind -> kind.kind().actor())
                    .collect(Collectors.toSet());
            ByRule safe = rule.where(kind -> !unsafe.contains(kind.kind().actor())
                    && !refused.contains(kind.kind().actor()));
            return Stream.of(Actor.Kind.NODES, Actor.Kind.CONTROL_PLANE, Actor.Kind.SERVICE_ACCOUNT)
                    .flatMap(sort ->
                            candidate(safe.where(kind -> kind.kind().actor().kind() == sort), sort).stream());
        });
    }

    boolean contains(RequestKind kind) {
        return kind.isResourceRequest()
                && kind.resource().equals(resource)
                && groups.contains(kind.group())
                && verbs.contains(kind.verb())
                && kind.actor().isMachine();
    }

    private Optional<Candidate> candidate(ByRule rule, Actor.Kind sort) {
        if (rule.kinds().isEmpty()) {
            return Optional.empty();
        }
        List<String> users = rule.kinds().stream()
                .map(kind -> kind.kind().actor().name())
                .distinct()
                .sorted()
                .limit(RuleDraft.MAX_USERS)
                .toList();
        ByRule named = rule.where(kind -> users.contains(kind.kind().actor().name()));
        Targets targets = Targets.of(named.kinds());
        PolicyRule narrowed =
                new NarrowedRule(rule.base()).onResources(Level.NONE, targets.verbs(), targets.resources());
        Optional<PolicyRule> drafted = sort == Actor.Kind.NODES
                ? RuleDraft.byNodes(narrowed)
                : Optional.of(RuleDraft.byUsers(narrowed, users));
        return drafted.map(made ->
                new Candidate(step, what + " of " + by(sort, users), rule.index(), made, targets.among(named.kinds())));
    }

    private static String by(Actor.Kind sort, List<String> users) {
        return switch (sort) {
            case NODES -> "kubelets";
            case CONTROL_PLANE -> users.size() == 1 ? users.getFirst() : users.size() + " components";
            case SERVICE_ACCOUNT, ANONYMOUS, PERSON, NOBODY ->
                users.size() == 1 ? users.getFirst() : users.size() + " service accounts";
        };
    }
}
