package dev.auditpolicy.policy.lint.backend;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * blocking-strict without effect. It fails a request whose event cannot be stored, but only the event of stage
 * RequestReceived. If that stage is omitted, upstream's {@code audit.go} counts the event as stored.
 */
public final class StrictMode implements PolicyCheck {

    private record Backend(String name, @Nullable Mode mode) {}

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return Stream.of(
                        new Backend(
                                "log",
                                analyzed.log() == null ? null : analyzed.log().mode()),
                        new Backend(
                                "webhook",
                                analyzed.webhook() == null
                                        ? null
                                        : analyzed.webhook().mode()))
                .filter(backend -> backend.mode() == Mode.BLOCKING_STRICT)
                .flatMap(backend -> check(backend.name() + ".mode", analyzed));
    }

    private static Stream<LintFinding> check(String path, AnalyzedPolicy analyzed) {
        List<Integer> recording = analyzed.rules()
                .filter(rule -> analyzed.records(rule) && analyzed.decides(rule, Requests.ALL))
                .boxed()
                .toList();
        List<Integer> lenient = recording.stream()
                .filter(rule -> analyzed.omitted(rule).contains(Stage.REQUEST_RECEIVED))
                .toList();
        if (lenient.isEmpty()) {
            return Stream.empty();
        }
        String fix = "remove RequestReceived from omitStages, or set mode: blocking";
        return Stream.of(
                lenient.equals(recording)
                        ? LintFinding.of(
                                FindingCode.STRICT_WITHOUT_EFFECT,
                                path,
                                "blocking-strict fails requests only at stage RequestReceived, and every rule omits that stage",
                                fix)
                        : new LintFinding(
                                FindingCode.STRICT_WITHOUT_EFFECT,
                                Severity.WARNING,
                                path,
                                "blocking-strict has no effect on the requests of " + Phrases.rules(lenient)
                                        + ", which " + Phrases.verb(lenient, "omits", "omit") + " RequestReceived",
                                fix));
    }
}
