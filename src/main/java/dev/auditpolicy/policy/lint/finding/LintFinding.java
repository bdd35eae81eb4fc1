package dev.auditpolicy.policy.lint.finding;

import dev.auditpolicy.policy.RuleOrigins;
import java.util.List;
import java.util.Set;

/**
 * A probable mistake in a policy, at one place.
 *
 * @param path in the policy, such as {@code rules[3].verbs[0]}, or in other settings, such as {@code log.mode}
 * @param reason what is wrong, as one sentence without a full stop
 * @param fix what to do, as an instruction
 * @param benchmarks the benchmark items that require the fix; empty for most findings
 */
public record LintFinding(
        FindingCode code, Severity severity, String path, String reason, String fix, List<BenchmarkItem> benchmarks) {

    private static final Set<String> OUTSIDE_OF_POLICY = Set.of("log", "webhook", "rollout");

    public LintFinding {
        benchmarks = List.copyOf(benchmarks);
    }

    /** A finding with the benchmark items of its code. */
    public LintFinding(FindingCode code, Severity severity, String path, String reason, String fix) {
        this(code, severity, path, reason, fix, code.benchmarks());
    }

    /** A finding with the default severity of its code. */
    public static LintFinding of(FindingCode code, String path, String reason, String fix) {
        return new LintFinding(code, code.severity(), path, reason, fix);
    }

    /** The same without the items of other benchmarks. */
    public LintFinding about(Set<Profile> profiles) {
        return withBenchmarks(benchmarks.stream()
                .filter(item -> profiles.contains(item.profile()))
                .toList());
    }

    /** The same, required by these items. */
    public LintFinding withBenchmarks(List<BenchmarkItem> items) {
        return new LintFinding(code, severity, path, reason, fix, items);
    }

    /** This finding about an AuditPolicy, with paths such as {@code spec.policy.rules[3].verbs[0]}. */
    public LintFinding inAuditPolicy(RuleOrigins origins) {
        var prefix = OUTSIDE_OF_POLICY.contains(path.split("\\.", 2)[0]) ? "spec." : "spec.policy.";
        return new LintFinding(
                code, severity, origins.locate(prefix + path), origins.locate(reason), origins.locate(fix));
    }

    /**
     * Whether, in an AuditPolicy, only temporary rules hide a rule or a value: that ends with them, and to remove the rule would
     * be wrong. For a finding that is {@link #inAuditPolicy}.
     */
    public boolean endsWithTemporaryRules() {
        return (code == FindingCode.UNREACHABLE_RULE || code == FindingCode.SHADOWED_VALUE)
                && path.startsWith("spec.policy.")
                && reason.contains("spec.temporaryRules");
    }

    /** One line of text. */
    @Override
    public String toString() {
        return path + ": " + reason + " (" + fix + ") [" + code.id() + " " + code.slug() + "]";
    }
}
