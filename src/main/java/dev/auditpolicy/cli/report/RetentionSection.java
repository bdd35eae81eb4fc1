package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.NodeEvidence;
import dev.auditpolicy.report.proof.Ages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long each log keeps events, against what the benchmarks ask. */
record RetentionSection(EvidenceReport report) {

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

    Section section() {
        var rows = report.nodes().stream()
                .map(node -> Block.row(node.name(), kept(node), settings(node), measured(node)))
                .toList();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Table(List.of("node", "kept", "settings", "measured"), rows));
        blocks.add(new Block.Paragraph(
                "\"Kept\" is how long rotation keeps an event at the present rate: whichever of age, number"
                        + " and size of files is reached first. " + asked()));
        return new Section("Retention", blocks);
    }

    private String asked() {
        var asked = Stream.of(
                        asked(BenchmarkItem.CIS_MAX_AGE, "CIS and STIG ask for 30 days as a flag"),
                        asked(BenchmarkItem.STIG_MAX_AGE, "CIS and STIG ask for 30 days as a flag"),
                        asked(BenchmarkItem.NSA_COPY, "NSA asks for a copy outside of the node"),
                        asked(BenchmarkItem.PCI_RETENTION, "PCI DSS asks for 12 months, 90 days of them available"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return asked.isEmpty() ? "" : String.join("; ", asked) + ".";
    }

    private Optional<String> asked(BenchmarkItem item, String text) {
        return report.items().stream().anyMatch(result -> result.item() == item) ? Optional.of(text) : Optional.empty();
    }

    private static String kept(NodeEvidence node) {
        if (node.state().proven().isEmpty()) {
            return "not proven";
        }
        return node.log()
                .filter(state -> state.bytesPerSecond() != null)
                .map(state ->
                        state.retentionHours() == null ? "forever" : Ages.of(Duration.ofHours(state.retentionHours())))
                .orElse("unknown");
    }

    private static String settings(NodeEvidence node) {
        return node.state()
                .proven()
                .flatMap(proven -> proven.settings().log())
                .map(log -> log.maxAgeDays() + " d, " + log.maxBackups() + " x " + log.maxSizeMB() + " MB")
                .orElse("not proven");
    }

    private static String measured(NodeEvidence node) {
        return node.log()
                .map(state -> Stream.of(
                                size(state.bytesPerSecond(), "%s/s"),
                                size(state.sizeBytes(), "log %s"),
                                size(state.worstCaseBytes(), "at most %s"),
                                size(state.freeBytes(), "free %s"))
                        .flatMap(Optional::stream)
                        .reduce((left, right) -> left + ", " + right)
                        .map(text -> node.state().proven().isPresent() ? text : "last reported: " + text)
                        .orElse("nothing"))
                .orElse("nothing");
    }

    private static Optional<String> size(@Nullable Long bytes, String format) {
        return Optional.ofNullable(bytes).map(number -> String.format(format, size(number)));
    }

    /** In powers of 1000. */
    private static String size(long bytes) {
        var unit = 0;
        var value = (double) bytes;
        while (value >= 999.95 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS.get(unit));
    }
}
