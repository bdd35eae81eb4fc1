package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;

/**
 * blocking-strict fails a request whose event cannot be stored, but only for the event of stage RequestReceived: where
 * that stage is omitted, upstream's {@code audit.go} takes it as stored.
 */
public final class StrictMode implements Check {

    private record Backend(String name, Mode mode) {}

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return Stream.of(
                        new Backend(
                                "log",
                                subject.log() == null ? null : subject.log().mode()),
                        new Backend(
                                "webhook",
                                subject.webhook() == null
                                        ? null
                                        : subject.webhook().mode()))
                .filter(backend -> backend.mode() == Mode.BLOCKING_STRICT)
                .flatMap(backend -> check(backend.name() + ".mode", subject));
    }

    private static Stream<LintFinding> check(String path, Subject subject) {
        List<Integer> recording = subject.rules()
                .filter(rule -> subject.records(rule) && subject.decides(rule, Requests.ALL))
                .boxed()
                .toList();
        List<Integer> lenient = recording.stream()
                .filter(rule -> subject.omitted(rule).contains(Stage.REQUEST_RECEIVED))
                .toList();
        if (lenient.isEmpty()) {
            return Stream.empty();
        }
        String fix = "remove RequestReceived from omitStages, or write mode: blocking";
        return Stream.of(
                lenient.equals(recording)
                        ? LintFinding.of(
                                Code.STRICT_WITHOUT_EFFECT,
                                path,
                                "blocking-strict can fail a request at RequestReceived only, and every rule omits it",
                                fix)
                        : new LintFinding(
                                Code.STRICT_WITHOUT_EFFECT,
                                Severity.WARNING,
                                path,
                                "blocking-strict has no effect on the requests of " + Words.rules(lenient)
                                        + ", which omit" + Words.s(lenient) + " RequestReceived",
                                fix));
    }
}
