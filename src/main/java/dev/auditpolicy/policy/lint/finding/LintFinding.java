package dev.auditpolicy.policy.lint.finding;

import java.util.List;

/**
 * Something that is probably not meant, at one place.
 *
 * @param path in the policy, such as {@code rules[3].verbs[0]}, or in the settings of a backend, such as {@code log.mode}
 * @param reason what is wrong, as one sentence without a full stop
 * @param fix the way out, as an instruction
 */
public record LintFinding(FindingCode code, Severity severity, String path, String reason, String fix) {

    /** A finding that matters as much as its code does as a rule. */
    public static LintFinding of(FindingCode code, String path, String reason, String fix) {
        return new LintFinding(code, code.severity(), path, reason, fix);
    }

    /** The items of norms that it is about; empty for most. */
    public List<BenchmarkItem> benchmarks() {
        return code.benchmarks();
    }

    /** The path in an AuditPolicy, such as {@code spec.policy.rules[3].verbs[0]}. */
    public String pathInAuditPolicy() {
        String first = path.split("\\.", 2)[0];
        return first.equals("log") || first.equals("webhook") ? "spec." + path : "spec.policy." + path;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return path + ": " + reason + " (" + fix + ") [" + code.id() + " " + code.slug() + "]";
    }
}
