package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.stream.Stream;

/**
 * The arguments of {@code kubectl exec} are parameters of the URL ({@code ?command=mysql&command=-pSECRET}), and requestURI
 * is in every event from level Metadata on. Reported once, for the first rule.
 */
public final class CommandLines implements PolicyCheck {

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        Requests execs = analyzed.nonComponentRequests()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(""))
                .where(Attribute.RESOURCE, Values.of("pods"))
                .where(Attribute.SUBRESOURCE, Values.of("exec"))
                .where(Attribute.VERB, Values.of("get", "create"));
        return analyzed.rules()
                .filter(rule -> analyzed.records(rule) && analyzed.decides(rule, execs))
                .limit(1)
                .mapToObj(rule -> LintFinding.of(
                        FindingCode.COMMAND_LINES,
                        RulePaths.rule(rule),
                        "this rule records \"kubectl exec\" with the arguments of the command: they are in requestURI at"
                                + " every level, and passwords can be among them",
                        "pass secrets to such commands in files or on standard input, and restrict access to the log"));
    }
}
