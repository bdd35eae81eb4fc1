package dev.auditpolicy.report.request;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.RequestSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * At which levels a policy records the requests of a kind, whoever sends them.
 *
 * @param byRule each rule that decides some of them, the lowest level first
 * @param isComplete whether each such rule was found: the search in a very complex policy stops early
 */
public record RequestLevels(SensitiveRequest request, List<LevelOfRule> byRule, boolean isComplete) {

    public RequestLevels {
        byRule = List.copyOf(byRule);
    }

    /** Of every kind, in its order. */
    public static List<RequestLevels> of(Policy policy) {
        var space = RequestSpace.of(policy);
        return Arrays.stream(SensitiveRequest.values())
                .map(request -> of(request, policy, space))
                .toList();
    }

    /** Such as {@code Metadata}, or {@code None to Request} if it depends on the caller or the object. */
    public String range() {
        var lowest = byRule.getFirst().level();
        var highest = byRule.getLast().level();
        return Names.of(lowest) + (lowest == highest ? "" : " to " + Names.of(highest));
    }

    /** Whether some of these requests leave no event. */
    public boolean isPartlyUnrecorded() {
        return byRule.getFirst().level() == Level.NONE;
    }

    private static RequestLevels of(SensitiveRequest request, Policy policy, RequestSpace space) {
        var levels = new ArrayList<LevelOfRule>();
        for (var rule = 0; rule < policy.rules().size(); rule++) {
            if (space.decidedBy(rule, request.requests()).findFirst().isPresent()) {
                var text = policy.rules().get(rule);
                levels.add(new LevelOfRule(level(policy, text), OptionalInt.of(rule), condition(text, request)));
            }
        }
        if (space.decidedByNone(request.requests()).findFirst().isPresent()) {
            levels.add(new LevelOfRule(Level.NONE, OptionalInt.empty(), ""));
        }
        levels.sort(Comparator.comparing(LevelOfRule::level));
        // Of a search that stopped before it found anything, nothing is known: the worst is said.
        return levels.isEmpty()
                ? new RequestLevels(
                        request, List.of(new LevelOfRule(Level.NONE, OptionalInt.empty(), "not determined")), false)
                : new RequestLevels(request, levels, !space.isGivenUp());
    }

    /** A rule that omits the stages of ordinary requests records nothing. */
    private static Level level(Policy policy, PolicyRule rule) {
        var omitted = EnumSet.noneOf(Stage.class);
        omitted.addAll(policy.omitStages());
        omitted.addAll(rule.omitStages());
        return omitted.containsAll(List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE))
                ? Level.NONE
                : rule.level();
    }

    private static String condition(PolicyRule rule, SensitiveRequest request) {
        var verbs = request.requests().values(Attribute.VERB);
        var everyVerb = !verbs.allBut() && rule.verbs().containsAll(verbs.listed());
        var names = rule.resources().stream()
                .flatMap(entry -> entry.resourceNames().stream())
                .distinct()
                .toList();
        return Stream.of(
                        list("users", rule.users()),
                        list("groups", rule.userGroups()),
                        everyVerb ? "" : list("verbs", rule.verbs()),
                        list("namespaces", rule.namespaces()),
                        list("names", names),
                        list("URLs", rule.nonResourceURLs()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String list(String what, List<String> values) {
        return values.isEmpty() ? "" : what + " " + Phrases.list(values);
    }
}
