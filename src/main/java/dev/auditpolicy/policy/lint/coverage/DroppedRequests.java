package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Paths;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules that drop requests of users, which PCI DSS wants to see all. A rule is chosen before the outcome is known, so such a
 * rule also drops the requests that fail with 401 or 403. Probes have no user, and components no cardholder data.
 */
public final class DroppedRequests implements PolicyCheck {

    private static final List<String> PROBES = List.of("/healthz*", "/livez*", "/readyz*");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        if (!analyzed.context().profiles().contains(Profile.PCI) || !NothingRecorded.recordsAnything(analyzed)) {
            return Stream.empty();
        }
        Requests users = analyzed.nonComponentRequests();
        List<Requests> required = List.of(
                users.and(Requests.FOR_RESOURCES),
                users.and(Requests.FOR_PATHS).with(Attribute.URL_PATH, Paths.ANY.without(Paths.of(PROBES))));
        return analyzed.rules().filter(rule -> !analyzed.records(rule)).boxed().flatMap(rule -> required.stream()
                .flatMap(requests -> first(analyzed, rule, requests).stream())
                .limit(1)
                .map(requests -> finding(rule, requests)));
    }

    private static Optional<Requests> first(AnalyzedPolicy analyzed, int rule, Requests requests) {
        return analyzed.effective().decidedBy(rule, requests).findFirst();
    }

    private static LintFinding finding(int rule, Requests dropped) {
        return LintFinding.of(
                FindingCode.DROPPED_REQUESTS,
                RulePaths.rule(rule),
                "this rule drops requests of users, also those that are refused (401, 403), for example "
                        + ExampleRequest.of(dropped),
                "restrict the rule to users of the control plane, such as system:kube-scheduler, or to health probes,"
                        + " or set level: Metadata");
    }
}
