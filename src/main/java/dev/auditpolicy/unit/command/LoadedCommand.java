package dev.auditpolicy.unit.command;

import dev.auditpolicy.unit.syntax.ExecLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An item of {@code ExecStartEx}: specifiers are expanded, variables are not.
 *
 * @param path the program
 * @param argv the name by which it is called, and its arguments
 * @param flags such as {@code ignore-failure}
 */
public record LoadedCommand(String path, List<String> argv, Set<String> flags) {

    /** {@code !!} after {@code !}. */
    private static final Map<String, String> FLAGS = Map.of(
            "-", "ignore-failure",
            ":", "no-env-expand",
            "+", "privileged",
            "!", "no-setuid",
            "!!", "ambient",
            "|", "via-shell");

    private static final Pattern SEVERAL_SLASHES = Pattern.compile("/+");

    public LoadedCommand {
        argv = List.copyOf(argv);
        flags = Set.copyOf(flags);
    }

    /** Whether systemd has loaded this from {@code line}. */
    public boolean isLoadedFrom(ExecLine line) {
        return flags.equals(flags(line.prefixes()))
                && becomes(List.of(simplified(line.path())), List.of(simplified(path)))
                && becomes(argv(line), argv);
    }

    private static List<String> argv(ExecLine line) {
        var words = new ArrayList<>(List.of(line.name()));
        words.addAll(line.arguments());
        return words;
    }

    private static boolean becomes(List<String> words, List<String> loaded) {
        if (words.size() != loaded.size()) {
            return false;
        }
        for (var index = 0; index < words.size(); index++) {
            if (!new CommandWord(words.get(index), false).mayBecome(loaded.get(index))) {
                return false;
            }
        }
        return true;
    }

    private static String simplified(String path) {
        return SEVERAL_SLASHES.matcher(path).replaceAll("/").replace("/./", "/");
    }

    private static Set<String> flags(String prefixes) {
        var flags = new TreeSet<String>();
        for (var prefix : prefixes.replace("!!", "").split("")) {
            var flag = FLAGS.get(prefix);
            if (flag != null) {
                flags.add(flag);
            }
        }
        if (prefixes.contains("!!")) {
            flags.add("ambient");
        }
        return flags;
    }
}
