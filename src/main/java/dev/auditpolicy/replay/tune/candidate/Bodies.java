package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Protection;
import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bodies of requests, for everyone; and those of components alone, if a norm asks for the others. Each event stays in the log.
 *
 * @param what they are
 * @param verbs of the requests
 * @param above the bodies are recorded at levels above this one, to which they are lowered
 * @param together whether one rule is for all resources
 */
record Bodies(Step step, String what, Set<String> verbs, Level above, boolean together) implements CandidateSource {

    private static final int MAX_LISTED = 8;

    private static final Set<String> CHANGES = Set.of("create", "update", "patch", "delete", "deletecollection");

    static final Bodies OF_READS =
            new Bodies(Step.READ_BODIES, "responses to reads of ", Set.of("get", "list"), Level.METADATA, true);

    static final Bodies RESPONSES =
            new Bodies(Step.RESPONSES, "responses to changes of ", CHANGES, Level.REQUEST, false);

    static final Bodies REQUESTS = new Bodies(Step.REQUESTS, "bodies of changes of ", CHANGES, Level.METADATA, false);

    Bodies {
        verbs = Set.copyOf(verbs);
    }

    @Override
    public Stream<Candidate> candidates(Traffic traffic) {
        return ByRule.of(traffic, this::hasBodies).stream()
                .flatMap(rule -> Stream.concat(ofEveryone(traffic, rule), ofComponents(rule)));
    }

    private boolean hasBodies(KindVolume volume) {
        RequestKind kind = volume.kind();
        return kind.isResourceRequest()
                && kind.isNamed()
                && verbs.contains(kind.verb())
                && volume.level().compareTo(above) > 0
                && kind.protection() != Protection.SESSIONS
                && !kind.protection().keepsBodies(kind.verb());
    }

    private Stream<Candidate> ofEveryone(Traffic traffic, ByRule rule) {
        return groups(rule).stream().map(kinds -> {
            Targets targets = Targets.of(kinds);
            return together && targets.keys().size() > MAX_LISTED
                    ? ofVerbs(traffic, rule)
                    : new Candidate(
                            step, what + targets.names(), rule.index(), narrowed(rule, targets), targets.among(kinds));
        });
    }

    /** Of all resources: a rule that lists them would be too long. */
    private Candidate ofVerbs(Traffic traffic, ByRule rule) {
        List<String> seen = rule.kinds().stream()
                .map(kind -> kind.kind().verb())
                .distinct()
                .sorted()
                .toList();
        Set<KindVolume> kinds = traffic.kinds().stream()
                .filter(kind -> kind.kind().rule() == rule.index()
                        && seen.contains(kind.kind().verb()))
                .collect(Collectors.toSet());
        return new Candidate(
                step, what + "all resources", rule.index(), new NarrowedRule(rule.base()).onVerbs(above, seen), kinds);
    }

    private Stream<Candidate> ofComponents(ByRule rule) {
        ByRule nodes = rule.where(kind -> kind.kind().actor().kind() == Actor.Kind.NODES);
        ByRule components = rule.where(kind -> kind.kind().actor().kind() == Actor.Kind.CONTROL_PLANE);
        return Stream.concat(
                groups(nodes).stream().flatMap(kinds -> ofNodes(rule, kinds).stream()),
                groups(components).stream().map(kinds -> ofUsers(rule, kinds)));
    }

    private Optional<Candidate> ofNodes(ByRule rule, List<KindVolume> kinds) {
        Targets targets = Targets.of(kinds);
        return RuleDraft.byNodes(narrowed(rule, targets))
                .map(made -> new Candidate(
                        step, what + targets.names() + " by kubelets", rule.index(), made, targets.among(kinds)));
    }

    private Candidate ofUsers(ByRule rule, List<KindVolume> kinds) {
        List<String> users = kinds.stream()
                .map(kind -> kind.kind().actor().name())
                .distinct()
                .sorted()
                .limit(RuleDraft.MAX_USERS)
                .toList();
        List<KindVolume> named = kinds.stream()
                .filter(kind -> users.contains(kind.kind().actor().name()))
                .toList();
        Targets targets = Targets.of(named);
        return new Candidate(
                step,
                what + targets.names() + " by " + (users.size() == 1 ? users.getFirst() : users.size() + " components"),
                rule.index(),
                RuleDraft.byUsers(narrowed(rule, targets), users),
                targets.among(named));
    }

    private PolicyRule narrowed(ByRule rule, Targets targets) {
        return new NarrowedRule(rule.base()).onResources(above, targets.verbs(), targets.resources());
    }

    private Collection<List<KindVolume>> groups(ByRule rule) {
        if (together) {
            return rule.kinds().isEmpty() ? List.of() : List.of(rule.kinds());
        }
        return rule.kinds().stream()
                .collect(Collectors.groupingBy(
                        kind -> kind.kind().group() + " " + kind.kind().resource(), TreeMap::new, Collectors.toList()))
                .values();
    }
}
