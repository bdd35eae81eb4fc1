package dev.auditpolicy.policy.write;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.Quoted;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the policy file that kube-apiserver reads.
 *
 * <p>Every string is ASCII in double quotes: YAML 1.1 reads unquoted {@code y}, {@code no}, {@code 010} or {@code ~} as
 * other types, and parsers differ. Lines end in LF. Empty lists, absent flags and the policy's default
 * {@code omitManagedFields: false} are omitted; a group is always written. Equal policies produce equal text.
 */
public final class PolicyWriter {

    private final StringBuilder text = new StringBuilder();

    private PolicyWriter() {}

    /** The content of the file. */
    public static String write(Policy policy) {
        return "apiVersion: \"audit.k8s.io/v1\"\nkind: \"Policy\"\n" + writeFields(policy);
    }

    /** Only the fields of the policy, without apiVersion and kind. */
    public static String writeFields(Policy policy) {
        var writer = new PolicyWriter();
        writer.fields(policy);
        return writer.text.toString();
    }

    private void fields(Policy policy) {
        list("", "omitStages", policy.omitStages(), Names::of);
        flag("", "omitManagedFields", Boolean.TRUE.equals(policy.omitManagedFields()) ? Boolean.TRUE : null);
        line("rules:");
        policy.rules().forEach(this::rule);
    }

    private void rule(PolicyRule rule) {
        String indent = "  ";
        line("- level: " + Quoted.yaml(Names.of(rule.level())));
        strings(indent, "users", rule.users());
        strings(indent, "userGroups", rule.userGroups());
        strings(indent, "verbs", rule.verbs());
        if (!rule.resources().isEmpty()) {
            line(indent + "resources:");
            rule.resources().forEach(resources -> resources(indent, resources));
        }
        strings(indent, "namespaces", rule.namespaces());
        strings(indent, "nonResourceURLs", rule.nonResourceURLs());
        list(indent, "omitStages", rule.omitStages(), Names::of);
        flag(indent, "omitManagedFields", rule.omitManagedFields());
    }

    private void resources(String indent, GroupResources resources) {
        line(indent + "- group: " + Quoted.yaml(resources.group() == null ? "" : resources.group()));
        strings(indent + "  ", "resources", resources.resources());
        strings(indent + "  ", "resourceNames", resources.resourceNames());
    }

    private void strings(String indent, String name, List<String> values) {
        list(indent, name, values, Function.identity());
    }

    private <T> void list(String indent, String name, List<T> values, Function<T, String> toText) {
        if (!values.isEmpty()) {
            line(values.stream()
                    .map(value -> Quoted.yaml(toText.apply(value)))
                    .collect(Collectors.joining(", ", indent + name + ": [", "]")));
        }
    }

    private void flag(String indent, String name, @Nullable Boolean value) {
        if (value != null) {
            line(indent + name + ": " + value);
        }
    }

    private void line(String content) {
        text.append(content).append('\n');
    }
}
