package dev.auditpolicy.policy.lint.fix;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences of fixes that change rules. */
public final class Fix {

    /** A longer rule, with hundreds of users for example, is described instead of written. */
    private static final int MAX_LENGTH = 1000;

    private Fix() {}

    /** To add rules before the one that the finding is about. */
    public static String addBefore(List<PolicyRule> rules) {
        String text = yaml(rules);
        return text.length() <= MAX_LENGTH
                ? "add before this rule: " + text
                : "add before this rule a copy of it with "
                        + rules.stream().map(Fix::difference).collect(Collectors.joining("; and one with "));
    }

    public static String addBefore(PolicyRule rule) {
        return addBefore(List.of(rule));
    }

    /** To add rules after all others. */
    public static String addAtEnd(List<PolicyRule> rules) {
        return "add at the end of rules: " + yaml(rules);
    }

    public static String addAtEnd(PolicyRule rule) {
        return addAtEnd(List.of(rule));
    }

    /** To replace one value by others. */
    public static String use(List<String> values) {
        return values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(", ", "use ", ""));
    }

    public static String use(String value) {
        return use(List.of(value));
    }

    private static String yaml(List<PolicyRule> rules) {
        return rules.stream().map(RuleYaml::of).collect(Collectors.joining(" and "));
    }

    /** Without what the rule has in common with the one that it is a copy of. */
    private static String difference(PolicyRule rule) {
        String text = RuleYaml.of(new PolicyRule(
                rule.level(),
                List.of(),
                List.of(),
                rule.verbs(),
                rule.resources(),
                List.of(),
                rule.nonResourceURLs(),
                List.of(),
                null));
        String fields = text.substring("- {".length(), text.length() - 1);
        return fields.length() <= MAX_LENGTH
                ? fields
                : fields.substring(0, fields.indexOf(',')) + " for these requests only";
    }
}
