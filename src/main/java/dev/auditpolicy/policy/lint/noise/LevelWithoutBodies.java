package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Request or RequestResponse where no request has such a body: it records what Metadata records. Bodies are recorded by
 * the handlers of resources only, not for non-resource URLs, watches and streams.
 */
public final class LevelWithoutBodies implements Check {

    private static final Set<String> WITHOUT_REQUEST_BODY = Set.of("get", "list", "watch");
    private static final Set<String> STREAMS = Set.of("exec", "attach", "portforward", "proxy", "log");

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules()
                .filter(rule -> subject.logsBodies(rule) && subject.decides(rule, Requests.ALL))
                .boxed()
                .flatMap(rule -> reason(subject.rule(rule)).stream()
                        .map(reason -> LintFinding.of(
                                Code.NO_BODIES,
                                Place.field(rule, "level"),
                                Names.of(subject.level(rule)) + " records no more than Metadata here: " + reason,
                                "write level: Metadata")));
    }

    /** Why a rule with a level for bodies records none; empty if it does. */
    static Optional<String> reason(PolicyRule rule) {
        if (!rule.nonResourceURLs().isEmpty()) {
            return Optional.of("bodies are never recorded for non-resource URLs");
        }
        if (!rule.verbs().isEmpty() && Set.of("watch").containsAll(rule.verbs())) {
            return Optional.of("bodies are never recorded for watch");
        }
        if (rule.level() == Level.REQUEST
                && !rule.verbs().isEmpty()
                && WITHOUT_REQUEST_BODY.containsAll(rule.verbs())) {
            return Optional.of(
                    Words.list(rule.verbs()) + " ha" + (rule.verbs().size() == 1 ? "s" : "ve") + " no request body");
        }
        return !rule.resources().isEmpty() && rule.resources().stream().allMatch(LevelWithoutBodies::hasStreamsOnly)
                ? Optional.of("bodies are never recorded for "
                        + Words.list(List.copyOf(STREAMS.stream().sorted().toList())))
                : Optional.empty();
    }

    private static boolean hasStreamsOnly(GroupResources entry) {
        return !entry.resources().isEmpty()
                && entry.resources().stream()
                        .allMatch(resource -> resource.contains("/")
                                && STREAMS.contains(resource.substring(resource.indexOf('/') + 1)));
    }
}
