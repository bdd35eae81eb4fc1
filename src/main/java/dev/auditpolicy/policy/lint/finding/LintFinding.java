package dev.auditpolicy.policy.lint.finding;

import java.util.List;
import java.util.Set;

/**
 * A probable mistake in a policy, at one place.
 *
 * @param path in the policy, such as {@code rules[3].verbs[0]}, or in other settings, such as {@code log.mode}
 * @param reason what is wrong, as one sentence without a full stop
 * @param fix what to do, as an instruction
 */
public record LintFinding(FindingCode code, Severity severity, String path, String reason, String fix) {

    private static final Set<String> OUTSIDE_OF_POLICY = Set.of("log", "webhook", "rollout");

    /** A finding with the default severity of its code. */
    public static LintFinding of(FindingCode code, String path, String reason, String fix) {
        return new LintFinding(code, code.severity(), path, reason, fix);
    }

    /** The related benchmark items; empty for most findings. */
    public List<BenchmarkItem> benchmarks() {
        return code.benchmarks();
    }

    /** The path in an AuditPolicy, such as {@code spec.policy.rules[3].verbs[0]}. */
    public String pathInAuditPolicy() {
        return OUTSIDE_OF_POLICY.contains(path.split("\\.", 2)[0]) ? "spec." + path : "spec.policy." + path;
    }

    /** One line of text. */
    @Override
    public String toString() {
        return path + ": " + reason + " (" + fix + ") [" + code.id() + " " + code.slug() + "]";
    }
}
