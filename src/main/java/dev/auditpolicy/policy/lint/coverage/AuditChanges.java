package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes to AuditPolicy and AuditNode objects that are not recorded: whoever may change them could blind the log first,
 * unseen.
 */
public final class AuditChanges implements Check {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    @Override
    public Stream<LintFinding> check(Subject subject) {
        if (!NothingRecorded.recordsSomething(subject)) {
            return Stream.empty();
        }
        Requests changes = subject.people()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of("auditpolicy.dev"))
                .where(Attribute.RESOURCE, Values.of("auditpolicies", "auditnodes"))
                .where(Attribute.SUBRESOURCE, Values.of(""))
                .where(Attribute.NAMESPACE, Values.of(""))
                .where(Attribute.VERB, Values.of(WRITES));
        Stream<LintFinding> byRules = subject.rules()
                .filter(rule -> !subject.records(rule) && subject.decides(rule, changes))
                .mapToObj(rule -> finding(Place.rule(rule), "this rule drops", "before this one"));
        Stream<LintFinding> byNone = subject.leavesUnmatched(changes)
                ? Stream.of(finding("rules", "no rule matches", "at the end"))
                : Stream.empty();
        return Stream.concat(byRules, byNone);
    }

    private static LintFinding finding(String path, String cause, String where) {
        return LintFinding.of(
                Code.AUDIT_CHANGES,
                path,
                cause
                        + " changes to the AuditPolicy or to AuditNodes, so the log does not tell who changed what it"
                        + " holds",
                "put a rule " + where + " with level: RequestResponse, verbs: [" + String.join(", ", WRITES)
                        + "] and resources: [{group: auditpolicy.dev, resources: [auditpolicies, auditnodes]}]");
    }
}
