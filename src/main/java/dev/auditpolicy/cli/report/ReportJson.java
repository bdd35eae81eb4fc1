package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.report.Basis;
import dev.auditpolicy.report.EvidenceReport;
import dev.auditpolicy.report.PolicyEvidence;
import dev.auditpolicy.report.item.ItemResult;
import dev.auditpolicy.report.item.Outcome;
import dev.auditpolicy.report.request.RequestLevels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes a report as one JSON object. Fields are only ever added. */
record ReportJson(EvidenceReport report, String title) {

    JsonNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("title", title);
        root.put("asOf", report.asOf().toString());
        report.newest().ifPresent(newest -> root.put("newestTime", newest.toString()));
        root.put("stale", report.isStale());
        root.put("passes", report.passes());
        ObjectNode summary = root.putObject("summary");
        Arrays.stream(Outcome.values()).forEach(outcome -> summary.put(name(outcome), report.count(outcome)));
        report.cluster().policy().ifPresent(policy -> {
            ObjectNode object = root.putObject("auditPolicy");
            object.put("name", policy.name());
            object.put("generation", policy.generation());
            policy.revision().ifPresent(revision -> object.put("revision", revision));
            var temporary = object.putArray("temporaryRules");
            policy.temporaryRules().forEach(rules -> temporary
                    .addObject()
                    .put("until", rules.until())
                    .put("reason", rules.reason())
                    .put("active", rules.state() != State.ENDED));
        });
        var items = root.putArray("items");
        report.items().forEach(item -> add(items.addObject(), item));
        var nodes = root.putArray("nodes");
        report.nodes().forEach(node -> new NodeJson(node).addTo(nodes.addObject()));
        var policies = root.putArray("policies");
        report.policies().forEach(policy -> add(policies.addObject(), policy));
        var gaps = root.putArray("gaps");
        report.gaps()
                .forEach(gap -> gaps.addObject().put("subject", gap.subject()).put("message", gap.text()));
        addHistory(root.putObject("history"));
        root.put("basis", Basis.PROOF);
        return root;
    }

    private static void add(ObjectNode object, ItemResult result) {
        object.put("profile", result.item().profile().name().toLowerCase(Locale.ROOT));
        object.put("id", result.item().id());
        object.put("title", result.item().title());
        object.put("asks", result.item().asks());
        object.put("result", name(result.outcome()));
        var reasons = object.putArray("reasons");
        result.reasons().forEach(reason -> {
            ObjectNode entry = reasons.addObject();
            entry.put("result", name(reason.outcome()));
            add(entry, "nodes", reason.nodes());
            entry.put("message", reason.text());
        });
    }

    private static void add(ObjectNode object, PolicyEvidence policy) {
        object.put("sha256", policy.policy().sha256());
        add(object, "revisions", policy.revisions());
        add(object, "nodes", policy.nodes());
        var requests = object.putArray("sensitiveRequests");
        policy.levels().forEach(levels -> add(requests.addObject(), levels));
        object.put("text", policy.policy().text());
    }

    private static void add(ObjectNode object, RequestLevels levels) {
        object.put("request", levels.request().title());
        object.put("lowest", Names.of(levels.byRule().getFirst().level()));
        object.put("highest", Names.of(levels.byRule().getLast().level()));
        object.put("complete", levels.isComplete());
        var rules = object.putArray("byRule");
        levels.byRule().forEach(rule -> {
            ObjectNode entry = rules.addObject().put("level", Names.of(rule.level()));
            rule.rule().ifPresent(index -> entry.put("rule", index));
            if (!rule.condition().isEmpty()) {
                entry.put("condition", rule.condition());
            }
        });
    }

    private void addHistory(ObjectNode history) {
        var revisions = history.putArray("revisions");
        report.history()
                .revisions()
                .forEach(use -> add(revisions.addObject().put("revision", use.revision()), "uses", use.uses()));
        var entries = history.putArray("entries");
        report.history().entries().forEach(entry -> {
            ObjectNode object = entries.addObject();
            object.put("time", entry.time().toString());
            object.put("subject", entry.subject());
            entry.revision().ifPresent(revision -> object.put("revision", revision));
            object.put("message", entry.text());
        });
        history.put("limits", Basis.HISTORY);
    }

    private static void add(ObjectNode object, String field, List<String> values) {
        values.forEach(object.putArray(field)::add);
    }

    /** Such as {@code notProven}. */
    static String name(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case CANNOT_BE_CHECKED -> "cannotBeChecked";
            case NOT_PROVEN -> "notProven";
            case FAIL -> "fail";
        };
    }
}
