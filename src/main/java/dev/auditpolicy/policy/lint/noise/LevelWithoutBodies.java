package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Request or RequestResponse for requests without bodies, which records only what Metadata records. Only the handlers of
 * resources record bodies: there are none for non-resource URLs, watches and streams.
 */
public final class LevelWithoutBodies implements PolicyCheck {

    private static final Set<String> WITHOUT_REQUEST_BODY = Set.of("get", "list", "watch");
    private static final Set<String> STREAMS = Set.of("exec", "attach", "portforward", "proxy", "log");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .filter(rule -> analyzed.recordsBodies(rule) && analyzed.decides(rule, Requests.ALL))
                .boxed()
                .flatMap(rule -> reason(analyzed.rule(rule)).stream()
                        .map(reason -> LintFinding.of(
                                FindingCode.NO_BODIES,
                                RulePaths.field(rule, "level"),
                                Names.of(analyzed.level(rule)) + " records no more than Metadata here: " + reason,
                                "set level: Metadata")));
    }

    /** Why a rule with a level that includes bodies records none; empty if it does. */
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
            return Optional.of(Phrases.list(rule.verbs()) + " requests have no body");
        }
        return !rule.resources().isEmpty() && rule.resources().stream().allMatch(LevelWithoutBodies::hasStreamsOnly)
                ? Optional.of("bodies are never recorded for "
                        + Phrases.list(STREAMS.stream().sorted().toList()))
                : Optional.empty();
    }

    private static boolean hasStreamsOnly(GroupResources entry) {
        return !entry.resources().isEmpty()
                && entry.resources().stream()
                        .allMatch(resource -> resource.contains("/")
                                && STREAMS.contains(resource.substring(resource.indexOf('/') + 1)));
    }
}
