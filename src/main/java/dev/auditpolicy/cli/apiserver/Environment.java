package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.policy.tree.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a container with a literal value, which kubelet puts in place of {@code $(NAME)} in its arguments. */
record Environment(Map<String, String> values) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    Environment {
        values = Map.copyOf(values);
    }

    static Environment of(Tree container) {
        Map<String, String> values = new HashMap<>();
        Trees.items(container, "env").forEach(variable -> Trees.text(variable, "name")
                .ifPresent(name -> Trees.text(variable, "value").ifPresent(value -> values.put(name, value))));
        return new Environment(values);
    }

    /** Leaves references to other variables as they are, like kubelet. */
    String expand(String argument) {
        return REFERENCE
                .matcher(argument)
                .replaceAll(reference ->
                        Matcher.quoteReplacement(values.getOrDefault(reference.group(1), reference.group())));
    }
}
