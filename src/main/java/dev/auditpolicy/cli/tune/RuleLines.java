package dev.auditpolicy.cli.tune;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.lint.fix.RuleYaml;
import java.util.ArrayList;
import java.util.List;

/** Writes a rule as an element of a list, one field on each line. */
final class RuleLines {

    private RuleLines() {}

    static List<String> of(PolicyRule rule) {
        var lines = new ArrayList<String>();
        lines.add("- level: " + Names.of(rule.level()));
        list(lines, "users", rule.users());
        list(lines, "userGroups", rule.userGroups());
        list(lines, "verbs", rule.verbs());
        if (!rule.resources().isEmpty()) {
            lines.add("  resources:");
            rule.resources().forEach(entry -> lines.add("  - " + RuleYaml.of(entry)));
        }
        list(lines, "namespaces", rule.namespaces());
        list(lines, "nonResourceURLs", rule.nonResourceURLs());
        list(lines, "omitStages", rule.omitStages().stream().map(Names::of).toList());
        if (rule.omitManagedFields() != null) {
            lines.add("  omitManagedFields: " + rule.omitManagedFields());
        }
        return List.copyOf(lines);
    }

    private static void list(List<String> lines, String name, List<String> values) {
        if (!values.isEmpty()) {
            lines.add("  " + name + ": " + RuleYaml.of(values));
        }
    }
}
