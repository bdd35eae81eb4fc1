package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/** Changes to AuditPolicy and AuditNode objects that are not recorded: such a change can disable auditing unnoticed. */
public final class AuditChanges implements PolicyCheck {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    private static final List<NarrowedRule.Target> TARGETS = List.of(
            new NarrowedRule.Target("auditpolicy.dev", "auditpolicies"),
            new NarrowedRule.Target("auditpolicy.dev", "auditnodes"));

    private static final PolicyRule RULE = new PolicyRule(
            Level.REQUEST_RESPONSE,
            List.of(),
            List.of(),
            WRITES,
            NarrowedRule.entries(TARGETS),
            List.of(),
            List.of(),
            List.of(),
            null);

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        // An anonymous request cannot be authorized to change them, except by a cluster that is open to everyone.
        Requests changes = analyzed.nonComponentRequests()
                .where(Attribute.USER, Values.allBut(List.of("system:anonymous")))
                .where(Attribute.USER_GROUPS, Memberships.inOneOf(List.of("system:authenticated")))
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of("auditpolicy.dev"))
                .where(Attribute.RESOURCE, Values.of("auditpolicies", "auditnodes"))
                .where(Attribute.SUBRESOURCE, Values.of(""))
                .where(Attribute.NAMESPACE, Values.of(""))
                .where(Attribute.VERB, Values.of(WRITES));
        Stream<LintFinding> byRules = analyzed.rules()
                .filter(rule -> !analyzed.records(rule) && analyzed.decides(rule, changes))
                .mapToObj(rule -> finding(
                        RulePaths.rule(rule),
                        "this rule drops",
                        Fix.addBefore(NarrowedRule.ofUnrecorded(analyzed.rule(rule))
                                .onResources(Level.REQUEST_RESPONSE, WRITES, TARGETS))));
        Stream<LintFinding> byNone = analyzed.leavesUnmatched(changes)
                ? Stream.of(finding("rules", "no rule matches", Fix.addAtEnd(RULE)))
                : Stream.empty();
        return Stream.concat(byRules, byNone);
    }

    private static LintFinding finding(String path, String cause, String fix) {
        return LintFinding.of(
                FindingCode.AUDIT_CHANGES,
                path,
                cause
                        + " changes to AuditPolicy and AuditNode objects, so the log does not show who changed the audit"
                        + " policy",
                fix);
    }
}
