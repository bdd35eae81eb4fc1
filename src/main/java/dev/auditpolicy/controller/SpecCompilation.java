package dev.auditpolicy.controller;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Compilation.InvalidSpec;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The compilation of one spec at one time.
 *
 * @param timed the rules of the spec
 * @param webhook what was read of its Secret; empty without a webhook
 */
record SpecCompilation(
        AuditPolicy auditPolicy,
        TimedPolicy timed,
        Instant now,
        ApiServerVersions versions,
        Optional<WebhookCompiler.Result> webhook) {

    static final Compilation UNREADABLE = new InvalidSpec(
            "spec is missing, or contains a field or value that this release does not know: set spec.policy and"
                    + " spec.log as kubectl explain auditpolicy.spec describes, or update the operator");

    private static final String POLICY = "spec.policy";

    Compilation compile() {
        var spec = auditPolicy.getSpec();
        var problems = BackendsCheck.check(spec.log(), spec.webhook());
        if (!problems.isEmpty()) {
            return new InvalidSpec(problems.stream()
                    .map(ManifestProblem::describe)
                    .map("spec."::concat)
                    .toList());
        }
        var combined = timed.at(now);
        return switch (reader().read(combined, POLICY)) {
            case PolicyReading.InvalidPolicy invalid ->
                new InvalidSpec(invalid.problems().stream()
                        .map(problem -> problem + versions.describe())
                        .toList());
            case PolicyReading.ValidPolicy read ->
                withWebhook(read.policy(), findings(read.policy(), combined.origins()));
        };
    }

    private PolicyReader reader() {
        return new PolicyReader(versions.oldest());
    }

    private Compilation withWebhook(Policy policy, List<String> findings) {
        if (webhook.isEmpty()) {
            return compiled(policy, null, findings);
        }
        return switch (webhook.get()) {
            case WebhookCompiler.Result.Unusable unusable -> new InvalidSpec(unusable.problems());
            case WebhookCompiler.Result.Read(NodeWebhook found, List<String> ofWebhook) ->
                compiled(
                        policy,
                        found,
                        Stream.concat(findings.stream(), ofWebhook.stream()).toList());
        };
    }

    private Compilation compiled(Policy policy, @Nullable NodeWebhook found, List<String> findings) {
        var spec = auditPolicy.getSpec();
        var text = PolicyWriter.write(policy);
        if (text.length() > AuditNodeSpec.MAX_POLICY_LENGTH) {
            return new InvalidSpec(
                    "spec.policy results in a policy file of " + text.length() + " characters, and the maximum is "
                            + AuditNodeSpec.MAX_POLICY_LENGTH + ": combine rules that differ in only one field");
        }
        return new Compiled(
                new AuditNodeSpec(
                        Revision.of(policy, spec.log(), found),
                        auditPolicy.getMetadata().getGeneration(),
                        text,
                        spec.log(),
                        found,
                        spec.rollout().drainSeconds(),
                        spec.rollout().verifyTimeoutSeconds(),
                        spec.takeover(),
                        null),
                policy,
                findings,
                new TemporaryState(
                        timed.states(now),
                        timed.nextEnd(now),
                        timed.before(now)
                                .map(earlier -> reader().read(earlier, POLICY))
                                .filter(PolicyReading.ValidPolicy.class::isInstance)
                                .map(earlier ->
                                        Revision.of(((PolicyReading.ValidPolicy) earlier).policy(), spec.log(), found))
                                .collect(toSet())));
    }

    /** What the linter reports. Its hints are available only on the command line. */
    private List<String> findings(Policy policy, RuleOrigins origins) {
        var spec = auditPolicy.getSpec();
        return Linter.lint(
                        policy,
                        spec.log(),
                        spec.webhook(),
                        spec.rollout().drainSeconds(),
                        LintContext.of(versions.oldest()).withNewest(versions.newest()))
                .stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(finding -> finding.inAuditPolicy(origins))
                .filter(finding -> !finding.endsWithTemporaryRules())
                .map(finding -> finding.path() + ": " + finding.reason() + " (" + finding.fix() + ") ["
                        + finding.code().id() + "]")
                .toList();
    }
}
