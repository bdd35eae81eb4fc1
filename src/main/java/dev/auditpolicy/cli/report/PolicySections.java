package dev.auditpolicy.cli.report;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.cli.report.document.Block;
import dev.auditpolicy.cli.report.document.Section;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.PolicyEvidence;
import dev.auditpolicy.report.request.RequestLevels;
import dev.auditpolicy.report.request.SensitiveRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The proven policies: their rules, how they record sensitive requests, and their texts. */
record PolicySections(EvidenceReport report) {

    private static final Block NONE = new Block.Paragraph("No policy is proven.");

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
                                    conditions(rules.get(index))))
                            .toList()));
        }
        if (blocks.isEmpty()) {
            blocks.add(NONE);
        }
        report.cluster().policy().stream()
                .flatMap(policy -> policy.temporaryRules().stream())
                .map(rules -> new Block.Paragraph("Temporary rules of the AuditPolicy, until " + rules.until() + " ("
                        + (rules.state() == State.ACTIVE ? "active, among the first rules of its revision" : "ended")
                        + "): " + rules.reason()))
                .forEach(blocks::add);
        return new Section("Policies", blocks);
    }

    Section sensitiveRequests() {
        var blocks = new ArrayList<Block>();
        for (var policy : report.policies()) {
            blocks.add(new Block.Title("On " + Phrases.list(policy.nodes())));
            blocks.add(new Block.Table(List.of("requests", "recorded at", "by"), rows(policy)));
        }
        if (blocks.isEmpty()) {
            blocks.add(NONE);
        } else {
            blocks.add(new Block.Paragraph(
                    "None is not recorded. Where a level depends on the caller or the object, each rule that decides some of the"
                            + " requests is named with what it demands. Refused requests are recorded like others. nodes/log:"
                            + " kube-apiserver does not see reads at the port of a kubelet, only the kubelet's question whether"
                            + " the caller may (subjectaccessreviews), and only at Request it says who. Impersonation: the rule"
                            + " is chosen by the real caller; from Metadata on, an event names both."));
        }
        return new Section("Sensitive requests", blocks);
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

    /** Requests that are recorded alike are in one row. */
    private static List<List<Block.Cell>> rows(PolicyEvidence policy) {
        var alike = new LinkedHashMap<List<String>, List<String>>();
        policy.levels().forEach(levels -> alike.computeIfAbsent(
                        List.of(levels.range(), sources(levels)), _ -> new ArrayList<>())
                .add(levels.request().title()));
        return alike.entrySet().stream()
                .map(entry -> List.of(
                        new Block.Cell(entry.getValue(), Optional.empty()),
                        Block.Cell.of(entry.getKey().getFirst()),
                        Block.Cell.of(entry.getKey().getLast())))
                .toList();
    }

    private static String sources(RequestLevels levels) {
        var byLevel = new TreeMap<Level, List<String>>();
        levels.byRule().forEach(rule -> byLevel.computeIfAbsent(rule.level(), _ -> new ArrayList<>())
                .add(rule.source()));
        // Most rules are about some impersonated requests; what matters is which of them record none.
        if (levels.request() == SensitiveRequest.IMPERSONATION && byLevel.size() > 1) {
            var lowest = byLevel.firstEntry();
            return Names.of(lowest.getKey()) + " by " + String.join(", ", lowest.getValue()) + "; the rest at "
                    + Names.of(byLevel.higherKey(lowest.getKey())) + " or more";
        }
        var text = byLevel.size() == 1
                ? String.join(", ", byLevel.firstEntry().getValue())
                : byLevel.entrySet().stream()
                        .map(entry -> Names.of(entry.getKey()) + " by " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; "));
        return text + (levels.isComplete() ? "" : "; the search was too long, so there may be more");
    }

    private static String conditions(PolicyRule rule) {
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
        return parts.isEmpty() ? "everything else" : parts;
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
