package dev.auditpolicy.cli.report;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.PolicyEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The proven policies: their rules and their texts. */
record PolicySections(EvidenceReport report) {

    static final Block NONE = new Block.Paragraph("No policy is proven.");

    Section rules() {
        var blocks = new ArrayList<Block>();
        for (var policy : report.policies()) {
            blocks.add(new Block.Title(title(policy)));
            var rules = policy.policy().policy().rules();
            blocks.add(new Block.Table(
                    List.of("rule", "level", "of requests for"),
                    IntStream.range(0, rules.size())
                            .mapToObj(index -> Block.row(
                                    "rules[" + index + "]",
                                    Names.of(rules.get(index).level()),
                                    conditions(rules.get(index), index)))
                            .toList()));
        }
        if (blocks.isEmpty()) {
            blocks.add(NONE);
        }
        report.cluster().policy().stream()
                .flatMap(policy -> policy.temporaryRules().stream())
                .map(rules -> new Block.Paragraph("Temporary rules of the AuditPolicy, until " + rules.until() + " ("
                        + switch (rules.state()) {
                            case ACTIVE -> "active, among the first rules of its revision";
                            case OVERDUE -> "ended, and nodes may still apply them, because a rollout is not complete";
                            case ENDED -> "ended";
                        }
                        + "): " + rules.reason()))
                .forEach(blocks::add);
        return new Section("Policies", blocks);
    }

    List<Section> texts() {
        return report.policies().stream()
                .map(policy -> new Section(
                        "Appendix: policy " + policy.policy().sha256().substring(0, 12),
                        List.of(
                                new Block.Paragraph("On " + String.join(", ", policy.nodes()) + ". SHA-256 "
                                        + policy.policy().sha256()),
                                new Block.Source(policy.policy().text())),
                        true))
                .toList();
    }

    private static String title(PolicyEvidence policy) {
        var rules = policy.policy().policy().rules().size();
        return "On " + Phrases.list(policy.nodes()) + ": revision " + String.join(", ", policy.revisions()) + ", "
                + rules + (rules == 1 ? " rule" : " rules") + omitted(policy);
    }

    private static String omitted(PolicyEvidence policy) {
        var stages = policy.policy().policy().omitStages();
        return stages.isEmpty()
                ? ""
                : ", without stage " + stages.stream().map(Names::of).collect(Collectors.joining(", "));
    }

    private static String conditions(PolicyRule rule, int index) {
        var parts = Stream.of(
                        named("users", rule.users()),
                        named("groups", rule.userGroups()),
                        named("verbs", rule.verbs()),
                        named(
                                "resources",
                                rule.resources().stream()
                                        .map(PolicySections::resources)
                                        .toList()),
                        named("namespaces", rule.namespaces()),
                        named("URLs", rule.nonResourceURLs()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        var stages = rule.omitStages().isEmpty()
                ? ""
                : ", without stage " + rule.omitStages().stream().map(Names::of).collect(Collectors.joining(", "));
        return (parts.isEmpty() ? index == 0 ? "everything" : "everything else" : parts) + stages;
    }

    private static String named(String what, List<String> values) {
        return values.isEmpty() ? "" : what + " " + String.join(", ", values);
    }

    private static String resources(GroupResources entry) {
        var group = entry.group() == null || entry.group().isEmpty() ? "" : "." + entry.group();
        var names = entry.resourceNames().isEmpty() ? "" : " named " + String.join(", ", entry.resourceNames());
        return (entry.resources().isEmpty()
                        ? "*" + (group.isEmpty() ? " of the core group" : group)
                        : entry.resources().stream()
                                .map(resource -> resource + group)
                                .collect(Collectors.joining(", ")))
                + names;
    }
}
