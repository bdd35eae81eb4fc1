package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Sessions in pods that are recorded if an old client opens them (SPDY: a POST, so create), but not if kubectl 1.31 or
 * later does (WebSocket: a GET, so get).
 */
public final class WebSockets implements PolicyCheck {

    private static final List<String> SESSIONS = List.of("exec", "attach", "portforward");

    /** The rule that keeps a GET from being recorded; none if no rule matches it. */
    private record Miss(String session, OptionalInt rule) {}

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        List<Miss> misses = SESSIONS.stream()
                .flatMap(session -> misses(analyzed, session).stream())
                .toList();
        return misses.stream()
                .map(Miss::rule)
                .distinct()
                .map(rule -> finding(
                        rule,
                        misses.stream()
                                .filter(miss -> miss.rule().equals(rule))
                                .map(miss -> "pods/" + miss.session())
                                .toList()));
    }

    private static List<Miss> misses(AnalyzedPolicy analyzed, String session) {
        Requests gets = analyzed.nonComponentRequests()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(""))
                .where(Attribute.RESOURCE, Values.of("pods"))
                .where(Attribute.SUBRESOURCE, Values.of(session))
                .where(Attribute.VERB, Values.of("get"));
        var misses = new ArrayList<Miss>();
        if (analyzed.effective().decidedByNone(gets).anyMatch(get -> isRecordedAsCreate(analyzed, get))) {
            misses.add(new Miss(session, OptionalInt.empty()));
        }
        analyzed.rules()
                .filter(rule -> !analyzed.records(rule)
                        && analyzed.effective()
                                .decidedBy(rule, gets)
                                .anyMatch(get -> isRecordedAsCreate(analyzed, get)))
                .forEach(rule -> misses.add(new Miss(session, OptionalInt.of(rule))));
        return misses;
    }

    private static boolean isRecordedAsCreate(AnalyzedPolicy analyzed, Requests gets) {
        Requests creates = gets.with(Attribute.VERB, Values.of("create"));
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, creates));
    }

    private static LintFinding finding(OptionalInt rule, List<String> sessions) {
        return LintFinding.of(
                FindingCode.WEB_SOCKETS,
                rule.isPresent() ? RulePaths.rule(rule.getAsInt()) : "rules",
                "create of " + Phrases.list(sessions)
                        + " is recorded, but get is not: kubectl 1.31 and later use get (WebSocket)",
                (rule.isPresent() ? "add a rule before this one" : "add a rule")
                        + " with level: Metadata, verbs: [get, create] and resources: [" + String.join(", ", sessions)
                        + "]");
    }
}
