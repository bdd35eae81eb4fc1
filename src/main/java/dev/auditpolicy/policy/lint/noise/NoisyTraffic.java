package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.finding.Words;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Routine of the cluster itself that fills the log.
 *
 * @param least the level from which it is too much
 * @param why one clause
 */
public record NoisyTraffic(Code code, List<Traffic> traffic, Level least, String why, String fix) implements Check {

    public static final NoisyTraffic EVENTS = new NoisyTraffic(
            Code.NOISY_EVENTS,
            Traffic.EVENTS,
            Level.METADATA,
            "each Event that a component writes makes an audit event, which tells no more than the Event",
            "put a rule with level: None for \"events\" of the core group and of events.k8s.io before it");

    public static final NoisyTraffic LEASES = new NoisyTraffic(
            Code.NOISY_LEASES,
            Traffic.LEASES,
            Level.METADATA,
            "each node sends one every 10 seconds, each leader every 2",
            "put a rule with level: None, verbs: [get, update] and \"leases\" of coordination.k8s.io before it");

    public static final NoisyTraffic PROBES = new NoisyTraffic(
            Code.NOISY_PROBES,
            Traffic.PROBES,
            Level.METADATA,
            "kubeadm's readiness probe comes every second",
            "put a rule with level: None and nonResourceURLs: [/readyz*, /livez*, /healthz*] before it");

    public static final NoisyTraffic WATCHES = new NoisyTraffic(
            Code.NOISY_WATCHES,
            Traffic.WATCHES,
            Level.REQUEST,
            "a watch has no bodies at any level, and every component has many",
            "put a rule with level: None or Metadata and verbs: [watch] before it");

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules().boxed().flatMap(rule -> {
            List<String> what = traffic.stream()
                    .filter(one ->
                            subject.evaluator().evaluate(one.request()).rule().equals(OptionalInt.of(rule)))
                    .map(Traffic::what)
                    .distinct()
                    .toList();
            return what.isEmpty()
                            || !subject.records(rule)
                            || isSaidOtherwise(subject, rule)
                            || subject.level(rule).compareTo(least) < 0
                    ? Stream.empty()
                    : Stream.of(finding(rule, subject.level(rule), what));
        });
    }

    /** Where no request at all has bodies, that is the finding. */
    private boolean isSaidOtherwise(Subject subject, int rule) {
        return code == Code.NOISY_WATCHES
                && LevelWithoutBodies.reason(subject.rule(rule)).isPresent();
    }

    private LintFinding finding(int rule, Level level, List<String> what) {
        boolean withBodies =
                code != Code.NOISY_WATCHES && code != Code.NOISY_PROBES && level.compareTo(Level.REQUEST) >= 0;
        return new LintFinding(
                code,
                withBodies ? Severity.WARNING : code.severity(),
                Place.rule(rule),
                "this rule records " + Words.list(what) + (withBodies ? " with their bodies: " : ": ") + why,
                fix);
    }
}
