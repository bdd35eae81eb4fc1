package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Routine requests of the cluster itself that fill the log.
 *
 * @param least the lowest level that is too much
 * @param why one clause, without a full stop
 */
public record NoisyTraffic(FindingCode code, List<RoutineRequest> traffic, Level least, String why, Exclusion exclusion)
        implements PolicyCheck {

    public static final NoisyTraffic EVENTS = new NoisyTraffic(
            FindingCode.NOISY_EVENTS,
            RoutineRequest.EVENTS,
            Level.METADATA,
            "each Event that a component writes adds an audit event without further information",
            // Not delete: who deletes Events may want to hide traces.
            Exclusion.ofResources(
                    List.of("create", "patch", "update"),
                    new NarrowedRule.Target("", "events"),
                    new NarrowedRule.Target("events.k8s.io", "events")));

    public static final NoisyTraffic LEASES = new NoisyTraffic(
            FindingCode.NOISY_LEASES,
            RoutineRequest.LEASES,
            Level.METADATA,
            "each node renews its Lease every 10 seconds, each leader every 2 seconds",
            Exclusion.ofResources(List.of("get", "update"), new NarrowedRule.Target("coordination.k8s.io", "leases")));

    public static final NoisyTraffic PROBES = new NoisyTraffic(
            FindingCode.NOISY_PROBES,
            RoutineRequest.PROBES,
            Level.METADATA,
            "the readiness probe of a kubeadm control plane runs every second",
            Exclusion.ofPaths("/readyz*", "/livez*", "/healthz*"));

    public static final NoisyTraffic WATCHES = new NoisyTraffic(
            FindingCode.NOISY_WATCHES,
            RoutineRequest.WATCHES,
            Level.REQUEST,
            "a watch has no bodies at any level, and every component opens many",
            Exclusion.ofVerb("watch"));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().boxed().flatMap(rule -> {
            List<String> names = traffic.stream()
                    .filter(request -> analyzed.evaluator()
                            .evaluate(request.request())
                            .rule()
                            .equals(OptionalInt.of(rule)))
                    .map(RoutineRequest::what)
                    .distinct()
                    .toList();
            return names.isEmpty()
                            || !analyzed.records(rule)
                            || isReportedElsewhere(analyzed, rule)
                            || analyzed.level(rule).compareTo(least) < 0
                    ? Stream.empty()
                    : Stream.of(finding(analyzed, rule, names));
        });
    }

    /** {@link LevelWithoutBodies} reports rules whose requests never have bodies. */
    private boolean isReportedElsewhere(AnalyzedPolicy analyzed, int rule) {
        return code == FindingCode.NOISY_WATCHES
                && LevelWithoutBodies.reason(analyzed.rule(rule)).isPresent();
    }

    private LintFinding finding(AnalyzedPolicy analyzed, int rule, List<String> names) {
        boolean withBodies = code != FindingCode.NOISY_WATCHES
                && code != FindingCode.NOISY_PROBES
                && analyzed.level(rule).compareTo(Level.REQUEST) >= 0;
        return new LintFinding(
                code,
                withBodies ? Severity.WARNING : code.severity(),
                RulePaths.rule(rule),
                "this rule records " + Phrases.list(names) + (withBodies ? " with their bodies: " : ": ") + why,
                Fix.addBefore(exclusion.from(new NarrowedRule(analyzed.rule(rule)))));
    }
}
