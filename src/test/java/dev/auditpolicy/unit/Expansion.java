package dev.auditpolicy.unit;

import dev.auditpolicy.unit.syntax.ExecLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The arguments with which systemd starts a command; written for tests, and independent of how the planner reads words. */
public final class Expansion {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{([^}]*)}");
    private static final Pattern SPECIFIER = Pattern.compile("%(.)");

    private Expansion() {}

    /** The command line of the process. */
    public static List<String> of(ExecLine line, Map<String, String> environment) {
        var argv = new ArrayList<>(loaded(line).subList(0, 1));
        for (var word : loaded(line).subList(1, loaded(line).size())) {
            if (!line.prefixes().contains(":") && word.matches("\\$[A-Za-z_][A-Za-z0-9_]*")) {
                var value = environment.getOrDefault(word.substring(1), "").strip();
                argv.addAll(value.isEmpty() ? List.of() : List.of(value.split("\\s+")));
            } else if (line.prefixes().contains(":")) {
                argv.add(word);
            } else {
                argv.add(VARIABLE.matcher(word)
                        .replaceAll(found -> found.group(1) == null
                                ? "\\$"
                                : java.util.regex.Matcher.quoteReplacement(
                                        environment.getOrDefault(found.group(1), ""))));
            }
        }
        return argv;
    }

    /** What systemd loads: specifiers are expanded, variables are not. */
    public static List<String> loaded(ExecLine line) {
        var argv = new ArrayList<>(List.of(line.name()));
        argv.addAll(line.arguments());
        return argv.stream()
                .map(word -> SPECIFIER
                        .matcher(word)
                        .replaceAll(found -> found.group(1).equals("%") ? "%" : "kube-apiserver"))
                .toList();
    }
}
