package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import java.util.List;
import java.util.stream.Stream;

/** Changes of roles and bindings at Metadata: the log says who gave somebody rights, but not whom and which. */
public final class RightsWithoutBodies implements PolicyCheck {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> CHANGES = List.of("create", "update", "patch");

    private static final List<Concern> RIGHTS = List.of(
            Concern.namespaced("roles", GROUP, "roles", CHANGES),
            Concern.namespaced("rolebindings", GROUP, "rolebindings", CHANGES),
            Concern.clusterScoped("clusterroles", GROUP, "clusterroles", CHANGES),
            Concern.clusterScoped("clusterrolebindings", GROUP, "clusterrolebindings", CHANGES));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        // Without the stage, no rule records bodies: that is OmittedOutcome's finding.
        boolean omitsAll = analyzed.policy().omitStages().contains(Stage.RESPONSE_COMPLETE);
        if (!analyzed.context().profiles().contains(Profile.PCI) || omitsAll) {
            return Stream.empty();
        }
        return analyzed.rules()
                .filter(rule -> analyzed.records(rule) && !analyzed.recordsBodies(rule))
                .boxed()
                .flatMap(rule -> {
                    List<Concern> bare = RIGHTS.stream()
                            .filter(concern -> analyzed.decides(rule, concern.among(analyzed.nonComponentRequests())))
                            .toList();
                    return bare.isEmpty() ? Stream.empty() : Stream.of(finding(analyzed, rule, bare));
                });
    }

    private static LintFinding finding(AnalyzedPolicy analyzed, int rule, List<Concern> bare) {
        return LintFinding.of(
                FindingCode.RIGHTS_WITHOUT_BODIES,
                RulePaths.field(rule, "level"),
                "this rule records changes of roles or bindings without bodies, so the log does not contain the rights",
                Fix.addBefore(NarrowedRule.ofUnrecorded(analyzed.rule(rule))
                        .onResources(
                                Level.REQUEST,
                                CHANGES,
                                bare.stream().map(Concern::target).toList())));
    }
}
