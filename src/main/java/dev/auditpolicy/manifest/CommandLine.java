package dev.auditpolicy.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The flags among the arguments that follow the program, read as kube-apiserver reads them (spf13/pflag with the word
 * separator '_' normalised to '-').
 */
record CommandLine(List<Flag> flags) {

    /**
     * One flag.
     *
     * @param name without dashes, words joined by '-'
     * @param value "true" for a flag without a value
     * @param first the argument with the name, and with the value unless there is a {@code second}
     */
    record Flag(String name, String value, ScalarNode first, Optional<ScalarNode> second) {

        /** kube-apiserver takes {@code -name} for a group of one-letter flags and does not start. */
        boolean isSingleDash() {
            return !first.getValue().startsWith("--");
        }
    }

    static CommandLine of(List<ScalarNode> arguments) {
        var flags = new ArrayList<Flag>();
        for (var index = 0; index < arguments.size(); index++) {
            var argument = arguments.get(index);
            var text = argument.getValue();
            if (!isFlag(text)) {
                continue;
            }
            var equals = text.indexOf('=');
            if (equals >= 0) {
                var name = name(text.substring(0, equals));
                flags.add(new Flag(name, text.substring(equals + 1), argument, Optional.empty()));
            } else if (takesNext(name(text), arguments, index)) {
                var value = arguments.get(++index);
                flags.add(new Flag(name(text), value.getValue(), argument, Optional.of(value)));
            } else {
                flags.add(new Flag(name(text), "true", argument, Optional.empty()));
            }
        }
        return new CommandLine(List.copyOf(flags));
    }

    List<Flag> named(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).toList();
    }

    /** The types of foreign flags are unknown here; one of type bool is never followed by something else than a flag. */
    private static boolean takesNext(String name, List<ScalarNode> arguments, int index) {
        if (index + 1 == arguments.size() || AuditFlags.BOOLEAN.contains(name)) {
            return false;
        }
        return name.startsWith("audit-") || !isFlag(arguments.get(index + 1).getValue());
    }

    private static boolean isFlag(String text) {
        return text.startsWith("-") && text.length() > 1;
    }

    private static String name(String dashed) {
        return dashed.replaceFirst("^--?", "").replace('_', '-');
    }
}
