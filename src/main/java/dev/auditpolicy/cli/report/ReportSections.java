package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.report.Basis;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.item.ItemResult;
import dev.auditpolicy.report.item.Outcome;
import dev.auditpolicy.report.proof.Ages;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ProofCheck;
import dev.auditpolicy.report.proof.ProofState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sections of a report for people.
 *
 * @param isPast whether the time of the report was chosen, so that it is not about the present
 */
record ReportSections(EvidenceReport report, boolean isPast) {

    List<Section> all(boolean withPolicyText) {
        var sections = new ArrayList<Section>();
        sections.add(new Section("Summary", summary()));
        Arrays.stream(Profile.values()).map(this::items).filter(this::hasRows).forEach(sections::add);
        sections.add(new NodeSection(report).section());
        var policies = new PolicySections(report);
        sections.add(policies.rules());
        sections.add(policies.sensitiveRequests());
        sections.add(new RetentionSection(report).section());
        sections.add(gaps());
        sections.add(history());
        sections.add(new Section("What this rests on", List.of(new Block.Paragraph(Basis.PROOF))));
        if (withPolicyText) {
            sections.addAll(policies.texts());
        }
        return sections;
    }

    private boolean hasRows(Section section) {
        return !section.blocks().isEmpty();
    }

    private List<Block> summary() {
        var rows = new ArrayList<List<Block.Cell>>();
        rows.add(Block.row("Result", counts(report.items())));
        rows.add(Block.row(
                "As of", report.asOf() + (isPast ? ", chosen with --at: nothing here is about the present" : "")));
        rows.add(Block.row("Input", age()));
        rows.add(Block.row(
                "AuditPolicy",
                report.cluster().policy().map(ReportSections::policy).orElse("none in the input")));
        var proven = report.nodes().stream()
                .filter(node -> node.state().proven().isPresent())
                .count();
        rows.add(Block.row(
                "kube-apiservers",
                report.nodes().size() + " with an AuditNode, " + proven + " of them proven; gaps: "
                        + report.gaps().size()));
        return List.of(
                new Block.Table(List.of(), rows),
                new Block.Paragraph(
                        "Not proven is not passed: an item passes only if each kube-apiserver is proven to meet it. "
                                + "Cannot be checked: the evidence is elsewhere, and the item says where."));
    }

    private String counts(Profile profile) {
        return counts(report.items().stream()
                .filter(result -> result.item().profile() == profile)
                .toList());
    }

    private static String counts(List<ItemResult> items) {
        return Arrays.stream(Outcome.values())
                .map(outcome ->
                        items.stream().filter(item -> item.outcome() == outcome).count() + " " + outcome.words())
                .collect(Collectors.joining(", "));
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

    private Section items(Profile profile) {
        var rows = report.items().stream()
                .filter(result -> result.item().profile() == profile)
                .map(this::row)
                .toList();
        return new Section(
                profile.title(),
                rows.isEmpty()
                        ? List.of()
                        : List.of(
                                new Block.Paragraph(counts(profile)),
                                new Block.Table(List.of("result", "item", "title and reason"), rows)));
    }

    private List<Block.Cell> row(ItemResult result) {
        var reasons = result.reasons().stream().map(reason -> reason(result, reason));
        return List.of(
                Block.Cell.of(result.outcome(), result.outcome().words()),
                Block.Cell.of(result.item().id()),
                new Block.Cell(
                        Stream.concat(Stream.of(result.item().title()), reasons).toList(), Optional.empty()));
    }

    private String reason(ItemResult result, ItemResult.Reason reason) {
        var nodes = reason.nodes().isEmpty() ? "" : String.join(", ", reason.nodes()) + ": ";
        var outcome = reason.outcome() == result.outcome()
                ? ""
                : "(" + reason.outcome().words() + ") ";
        return "- " + outcome + nodes + (isAboutNode(reason) ? "nothing is proven about it, see below" : reason.text());
    }

    /** The same would stand at every item. */
    private boolean isAboutNode(ItemResult.Reason reason) {
        return reason.outcome() == Outcome.NOT_PROVEN
                && report.nodes().stream()
                        .anyMatch(node -> node.state() instanceof ProofState.NotProven unproven
                                && unproven.reason().equals(reason.text()));
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
