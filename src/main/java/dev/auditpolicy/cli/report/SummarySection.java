package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.proof.Ages;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ProofCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * The result, and what it is about.
 *
 * @param isPast whether the time of the report was chosen
 */
record SummarySection(EvidenceReport report, boolean isPast) {

    Section section() {
        var rows = new ArrayList<List<Block.Cell>>();
        rows.add(Block.row("Result", ItemSections.counts(report.items())));
        rows.add(Block.row(
                "As of", report.asOf() + (isPast ? ", chosen with --at: nothing here is about the present" : "")));
        rows.add(Block.row("Input", age()));
        rows.add(Block.row(
                "AuditPolicy",
                report.cluster().policy().map(SummarySection::policy).orElse("none in the input")));
        var proven = report.nodes().stream()
                .filter(node -> node.state().proven().isPresent())
                .count();
        rows.add(Block.row(
                "kube-apiservers",
                report.nodes().size() + " with an AuditNode, " + proven + " of them proven; gaps: "
                        + report.gaps().size()));
        return new Section(
                "Summary",
                List.of(
                        new Block.Table(List.of(), rows),
                        new Block.Paragraph(
                                "Not proven is not passed: an item passes only if each kube-apiserver is proven to meet it. "
                                        + "Cannot be checked: the evidence is elsewhere, and the item says where.")));
    }

    private String age() {
        if (report.newest().isEmpty()) {
            return "without any time: nothing is proven";
        }
        var newest = report.newest().get();
        var text = "newest time in it: " + newest + ", " + Ages.between(newest, report.asOf()) + " before";
        return report.isStale()
                ? text + ". STALE: a proof counts for " + Ages.of(ProofCheck.VALIDITY)
                        + ", so the input proves nothing as of this time. Pass a new one, or choose a time with --at"
                : text;
    }

    private static String policy(AuditPolicyObject policy) {
        var ready = policy.condition("Ready")
                .map(condition -> ", Ready: " + condition.status() + " (" + condition.reason() + ")")
                .orElse("");
        return policy.name() + ", generation " + policy.generation()
                + policy.revision().map(revision -> ", revision " + revision).orElse("") + ready;
    }
}
