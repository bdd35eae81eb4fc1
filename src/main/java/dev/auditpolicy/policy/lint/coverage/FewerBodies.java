package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * The guide of NSA and CISA records all requests at RequestResponse, except those for Secrets. This check accepts less for
 * other objects that often hold credentials, for components of the control plane, and for paths, which have no bodies.
 */
public final class FewerBodies implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!analyzed.context().profiles().contains(Profile.NSA)) {
            return Stream.empty();
        }
        List<Requests> required = required(analyzed);
        Stream<LintFinding> byRules = analyzed.rules()
                .filter(rule -> analyzed.level(rule) != Level.REQUEST_RESPONSE
                        && required.stream().anyMatch(requests -> analyzed.decides(rule, requests)))
                .mapToObj(rule -> finding(
                        RulePaths.field(rule, "level"), "this rule records requests of users with fewer bodies"));
        Stream<LintFinding> byNone = required.stream().anyMatch(analyzed::leavesUnmatched)
                ? Stream.of(finding("rules", "some requests of users match no rule"))
                : Stream.empty();
        return Stream.concat(byRules, byNone);
    }

    /** Every request of users, without those for credentials: one set for each attribute in which a request can differ. */
    private static List<Requests> required(AnalyzedPolicy analyzed) {
        Requests users = analyzed.nonComponentRequests().and(Requests.FOR_RESOURCES);
        return List.of(
                users.where(Attribute.API_GROUP, Values.allBut(List.of("", "authentication.k8s.io"))),
                core(users, Values.allBut(List.of("secrets", "configmaps", "serviceaccounts")), Values.ANY),
                core(users, Values.of("serviceaccounts"), Values.allBut(List.of("token"))),
                users.where(Attribute.API_GROUP, Values.of("authentication.k8s.io"))
                        .where(Attribute.RESOURCE, Values.allBut(List.of("tokenreviews"))));
    }

    private static Requests core(Requests users, Values resources, Values subresources) {
        return users.where(Attribute.API_GROUP, Values.of(""))
                .where(Attribute.RESOURCE, resources)
                .where(Attribute.SUBRESOURCE, subresources);
    }

    private static LintFinding finding(String path, String cause) {
        return LintFinding.of(
                FindingCode.FEWER_BODIES,
                path,
                cause + ", and the guide records everything except Secrets at RequestResponse",
                "set RequestResponse, or document that these requests are not critical");
    }
}
