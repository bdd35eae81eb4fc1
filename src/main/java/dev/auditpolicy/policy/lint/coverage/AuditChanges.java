package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/** Changes to AuditPolicy and AuditNode objects that are not recorded: such a change can disable auditing unnoticed. */
public final class AuditChanges implements PolicyCheck {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        Requests changes = analyzed.nonComponentRequests()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of("auditpolicy.dev"))
                .where(Attribute.RESOURCE, Values.of("auditpolicies", "auditnodes"))
                .where(Attribute.SUBRESOURCE, Values.of(""))
                .where(Attribute.NAMESPACE, Values.of(""))
                .where(Attribute.VERB, Values.of(WRITES));
        Stream<LintFinding> byRules = analyzed.rules()
                .filter(rule -> !analyzed.records(rule) && analyzed.decides(rule, changes))
                .mapToObj(rule -> finding(RulePaths.rule(rule), "this rule drops", "before this one"));
        Stream<LintFinding> byNone = analyzed.leavesUnmatched(changes)
                ? Stream.of(finding("rules", "no rule matches", "at the end"))
                : Stream.empty();
        return Stream.concat(byRules, byNone);
    }

    private static LintFinding finding(String path, String cause, String where) {
        return LintFinding.of(
                FindingCode.AUDIT_CHANGES,
                path,
                cause
                        + " changes to AuditPolicy and AuditNode objects, so the log does not show who changed the audit"
                        + " policy",
                "add a rule " + where + " with level: RequestResponse, verbs: [" + String.join(", ", WRITES)
                        + "] and resources: [{group: auditpolicy.dev, resources: [auditpolicies, auditnodes]}]");
    }
}
