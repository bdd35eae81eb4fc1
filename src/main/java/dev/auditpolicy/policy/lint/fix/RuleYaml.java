package dev.auditpolicy.policy.lint.fix;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes rules as YAML on one line, ready to paste. */
public final class RuleYaml {

    /** What YAML 1.1 and 1.2 both read as a string without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9./-]*");

    private static final Set<String> NOT_STRINGS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private RuleYaml() {}

    /** Such as {@code - {level: None, verbs: [get], resources: [{group: "", resources: [events]}]}}. */
    public static String of(PolicyRule rule) {
        var fields = new ArrayList<String>();
        fields.add("level: " + Names.of(rule.level()));
        list("users", rule.users(), fields);
        list("userGroups", rule.userGroups(), fields);
        list("verbs", rule.verbs(), fields);
        if (!rule.resources().isEmpty()) {
            fields.add("resources: "
                    + rule.resources().stream().map(RuleYaml::of).collect(Collectors.joining(", ", "[", "]")));
        }
        list("namespaces", rule.namespaces(), fields);
        list("nonResourceURLs", rule.nonResourceURLs(), fields);
        list("omitStages", rule.omitStages().stream().map(Names::of).toList(), fields);
        if (rule.omitManagedFields() != null) {
            fields.add("omitManagedFields: " + rule.omitManagedFields());
        }
        return "- {" + String.join(", ", fields) + "}";
    }

    /** Such as {@code {group: apps, resources: [deployments]}}. */
    public static String of(GroupResources entry) {
        var fields = new ArrayList<String>();
        fields.add("group: " + scalar(entry.group() == null ? "" : entry.group()));
        list("resources", entry.resources(), fields);
        list("resourceNames", entry.resourceNames(), fields);
        return "{" + String.join(", ", fields) + "}";
    }

    /** Such as {@code [alice, "system:admin"]}. */
    public static String of(List<String> values) {
        return values.stream().map(RuleYaml::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static void list(String name, List<String> values, List<String> fields) {
        if (!values.isEmpty()) {
            fields.add(name + ": " + of(values));
        }
    }

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !NOT_STRINGS.contains(value)) {
            return value;
        }
        var quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
