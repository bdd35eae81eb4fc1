package dev.auditpolicy.cli.report;

import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.item.ItemResult;
import dev.auditpolicy.report.item.Outcome;
import dev.auditpolicy.report.proof.ProofState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The items of each benchmark that was asked for. */
record ItemSections(EvidenceReport report) {

    List<Section> sections() {
        return Arrays.stream(Profile.values())
                .flatMap(profile -> section(profile).stream())
                .toList();
    }

    /** Such as {@code 3 pass, 1 fail}. */
    static String counts(List<ItemResult> items) {
        return Arrays.stream(Outcome.values())
                .map(outcome ->
                        items.stream().filter(item -> item.outcome() == outcome).count() + " " + outcome.words())
                .collect(Collectors.joining(", "));
    }

    private Optional<Section> section(Profile profile) {
        var results = report.items().stream()
                .filter(result -> result.item().profile() == profile)
                .toList();
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(
                        profile.title(),
                        List.of(
                                new Block.Paragraph(counts(results)),
                                new Block.Table(
                                        List.of("result", "item", "title and reason"),
                                        results.stream().map(this::row).toList()))));
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
}
