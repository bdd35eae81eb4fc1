package dev.auditpolicy.cli.report;

import dev.auditpolicy.api.v1alpha1.Level;
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

/** At which level the proven policies record sensitive requests. */
record SensitiveSection(EvidenceReport report) {

    Section section() {
        var blocks = new ArrayList<Block>();
        for (var policy : report.policies()) {
            blocks.add(new Block.Title("On " + Phrases.list(policy.nodes())));
            blocks.add(new Block.Table(List.of("requests", "recorded at", "by"), rows(policy)));
        }
        if (blocks.isEmpty()) {
            blocks.add(PolicySections.NONE);
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
}
