package dev.auditpolicy.report.item;

import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the findings of {@code lint} in a proven policy mean for an item: it fails by one that is not only information. */
final class FindingVerdict {

    private FindingVerdict() {}

    static Verdict of(BenchmarkItem item, List<LintFinding> findings) {
        var faults = findings.stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .toList();
        if (!faults.isEmpty()) {
            return Verdict.fail(sentences(faults));
        }
        // About settings that are not known: others than this item are about these.
        var notes = findings.stream()
                .filter(finding -> finding.code() != FindingCode.LOG_PATH)
                .toList();
        return Verdict.pass("the proven policy meets it: " + item.asks()
                + (notes.isEmpty()
                        ? " (no finding of " + codes(item) + ")"
                        : "; for information: " + sentences(notes)));
    }

    static String sentences(List<LintFinding> findings) {
        return findings.stream()
                .map(finding -> finding.path() + ": " + finding.reason() + " ["
                        + finding.code().id() + "]")
                .collect(Collectors.joining("; "));
    }

    /** Which checks of {@code lint} are about the item. */
    private static String codes(BenchmarkItem item) {
        return Arrays.stream(FindingCode.values())
                .filter(code -> code.benchmarks().contains(item))
                .map(FindingCode::id)
                .collect(Collectors.joining(", "));
    }
}
