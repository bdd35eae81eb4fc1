package dev.auditpolicy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Whether the log of each node keeps events as long as PCI DSS 10.5.1 requires. maxAgeDays promises that; retentionHours of the
 * AuditNode is what the number and size of files permit at the present rate.
 */
final class NodeRetention {

    /** Three months. */
    private static final long HOURS = 90 * 24L;

    private NodeRetention() {}

    /** @throws picocli.CommandLine.ParameterException if the input contains no AuditNode */
    static Report report(Input nodes, CommandSpec spec) {
        return new Report(
                nodes,
                AuditNodeReader.auditNodes(nodes, spec, "a file of them").stream()
                        .flatMap(node -> finding(node).stream())
                        .toList());
    }

    private static Optional<Diagnostic> finding(JsonNode node) {
        JsonNode log = node.at("/status/log");
        String name = node.at("/metadata/name").asText();
        if (!log.hasNonNull("bytesPerSecond")) {
            return Optional.of(diagnostic(
                    Severity.INFO,
                    name,
                    "the growth of the log is not measured, so its retention is not known",
                    "wait a minute after the agent has started, and check that it runs"));
        }
        JsonNode hours = log.path("retentionHours");
        return !hours.isNumber() || hours.asLong() >= HOURS
                ? Optional.empty()
                : Optional.of(diagnostic(
                        Severity.WARNING,
                        name,
                        "at " + log.path("bytesPerSecond").asLong() + " bytes per second, the log keeps events for "
                                + hours.asLong() + " hours, and PCI DSS requires the last three months (" + HOURS
                                + " hours) to be immediately available",
                        "increase maxBackups or maxSizeMB, record less, or store the log elsewhere"));
    }

    private static Diagnostic diagnostic(Severity severity, String node, String message, String fix) {
        return new Diagnostic(
                severity,
                FindingCode.SHORT_RETENTION.id(),
                FindingCode.SHORT_RETENTION.slug(),
                Position.UNKNOWN,
                "AuditNode " + node + " status.log.retentionHours",
                message,
                fix,
                List.of(BenchmarkItem.PCI_RETENTION.toString()));
    }
}
