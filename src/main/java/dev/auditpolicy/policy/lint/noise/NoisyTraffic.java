package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Routine of the cluster itself that fills the log.
 *
 * @param least the level from which it is too much
 * @param why one clause
 */
public record NoisyTraffic(FindingCode code, List<RoutineRequest> traffic, Level least, String why, String fix) implements PolicyCheck {

    public static final NoisyTraffic EVENTS = new NoisyTraffic(
            FindingCode.NOISY_EVENTS,
            RoutineRequest.EVENTS,
            Level.METADATA,
            "each Event that a component writes makes an audit event, which tells no more than the Event",
            "put a rule with level: None for \"events\" of the core group and of events.k8s.io before it");

    public static final NoisyTraffic LEASES = new NoisyTraffic(
            FindingCode.NOISY_LEASES,
            RoutineRequest.LEASES,
            Level.METADATA,
            "each node sends one every 10 seconds, each leader every 2",
            "put a rule with level: None, verbs: [get, update] and \"leases\" of coordination.k8s.io before it");

    public static final NoisyTraffic PROBES = new NoisyTraffic(
            FindingCode.NOISY_PROBES,
            RoutineRequest.PROBES,
            Level.METADATA,
            "kubeadm's readiness probe comes every second",
            "put a rule with level: None and nonResourceURLs: [/readyz*, /livez*, /healthz*] before it");

    public static final NoisyTraffic WATCHES = new NoisyTraffic(
            FindingCode.NOISY_WATCHES,
            RoutineRequest.WATCHES,
            Level.REQUEST,
            "a watch has no bodies at any level, and every component has many",
            "put a rule with level: None or Metadata and verbs: [watch] before it");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().boxed().flatMap(rule -> {
            List<String> what = traffic.stream()
                    .filter(one ->
                            analyzed.evaluator().evaluate(one.request()).rule().equals(OptionalInt.of(rule)))
                    .map(RoutineRequest::what)
                    .distinct()
                    .toList();
            return what.isEmpty()
                            || !analyzed.records(rule)
                            || isSaidOtherwise(analyzed, rule)
                            || analyzed.level(rule).compareTo(least) < 0
                    ? Stream.empty()
                    : Stream.of(finding(rule, analyzed.level(rule), what));
        });
    }

    /** Where no request at all has bodies, that is the finding. */
    private boolean isSaidOtherwise(AnalyzedPolicy analyzed, int rule) {
        return code == FindingCode.NOISY_WATCHES
                && LevelWithoutBodies.reason(analyzed.rule(rule)).isPresent();
    }

    private LintFinding finding(int rule, Level level, List<String> what) {
        boolean withBodies =
                code != FindingCode.NOISY_WATCHES && code != FindingCode.NOISY_PROBES && level.compareTo(Level.REQUEST) >= 0;
        return new LintFinding(
                code,
                withBodies ? Severity.WARNING : code.severity(),
                RulePaths.rule(rule),
                "this rule records " + Phrases.list(what) + (withBodies ? " with their bodies: " : ": ") + why,
                fix);
    }
}
