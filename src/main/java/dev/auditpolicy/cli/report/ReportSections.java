package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.report.Basis;
import dev.auditpolicy.report.EvidenceReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a report for people.
 *
 * @param isPast whether the time of the report was chosen, so that it is not about the present
 */
record ReportSections(EvidenceReport report, boolean isPast) {

    List<Section> all(boolean withPolicyText) {
        var sections = new ArrayList<Section>();
        sections.add(new SummarySection(report, isPast).section());
        sections.addAll(new ItemSections(report).sections());
        sections.add(new NodeSection(report).section());
        var policies = new PolicySections(report);
        sections.add(policies.rules());
        sections.add(new SensitiveSection(report).section());
        sections.add(new RetentionSection(report).section());
        sections.add(gaps());
        sections.add(history());
        sections.add(new Section("What this rests on", List.of(new Block.Paragraph(Basis.PROOF))));
        if (withPolicyText) {
            sections.addAll(policies.texts());
        }
        return sections;
    }

    private Section gaps() {
        return new Section(
                "Gaps",
                report.gaps().isEmpty()
                        ? List.of(new Block.Paragraph("The resources show none."))
                        : List.of(new Block.Table(
                                List.of("where", "what"),
                                report.gaps().stream()
                                        .map(gap -> Block.row(gap.subject(), gap.text()))
                                        .toList())));
    }

    private Section history() {
        var history = report.history();
        return new Section(
                "History",
                List.of(
                        new Block.Table(
                                List.of("revision", "is"),
                                history.revisions().stream()
                                        .map(use -> Block.row(use.revision(), String.join("; ", use.uses())))
                                        .toList()),
                        new Block.Title("In the order of time"),
                        new Block.Table(
                                List.of("time", "where", "what"),
                                history.entries().stream()
                                        .map(entry -> Block.row(
                                                entry.time().toString(),
                                                entry.subject(),
                                                entry.revision()
                                                                .map(revision -> "revision " + revision + ": ")
                                                                .orElse("")
                                                        + entry.text()))
                                        .toList()),
                        new Block.Paragraph(Basis.HISTORY)));
    }
}
