package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Sessions in pods that are recorded when an old client opens them (SPDY: a POST, so create), but not by WebSocket (a
 * GET, so get), which kubectl uses since 1.31.
 */
public final class WebSockets implements Check {

    private static final List<String> SESSIONS = List.of("exec", "attach", "portforward");

    /** The rule that keeps a GET from being recorded; none if no rule matches it. */
    private record Miss(String session, OptionalInt rule) {}

    @Override
    public Stream<LintFinding> check(Subject subject) {
        List<Miss> misses = SESSIONS.stream()
                .flatMap(session -> misses(subject, session).stream())
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

    private static List<Miss> misses(Subject subject, String session) {
        Requests gets = subject.people()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(""))
                .where(Attribute.RESOURCE, Values.of("pods"))
                .where(Attribute.SUBRESOURCE, Values.of(session))
                .where(Attribute.VERB, Values.of("get"));
        List<Miss> misses = new ArrayList<>();
        if (subject.live().decidedByNone(gets).anyMatch(get -> isRecordedAsCreate(subject, get))) {
            misses.add(new Miss(session, OptionalInt.empty()));
        }
        subject.rules()
                .filter(rule -> !subject.records(rule)
                        && subject.live().decidedBy(rule, gets).anyMatch(get -> isRecordedAsCreate(subject, get)))
                .forEach(rule -> misses.add(new Miss(session, OptionalInt.of(rule))));
        return misses;
    }

    private static boolean isRecordedAsCreate(Subject subject, Requests gets) {
        Requests creates = gets.with(Attribute.VERB, Values.of("create"));
        return subject.rules().anyMatch(rule -> subject.records(rule) && subject.decides(rule, creates));
    }

    private static LintFinding finding(OptionalInt rule, List<String> sessions) {
        return LintFinding.of(
                Code.WEB_SOCKETS,
                rule.isPresent() ? Place.rule(rule.getAsInt()) : "rules",
                Words.list(sessions)
                        + " by WebSocket, as kubectl opens them since 1.31, are get requests, which are not"
                        + " recorded, while create is",
                (rule.isPresent() ? "put a rule before this one" : "add a rule")
                        + " with level: Metadata, verbs: [get, create] and resources: [" + String.join(", ", sessions)
                        + "]");
    }
}
