package dev.auditpolicy.manifest.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The flags among kube-apiserver's arguments, parsed like spf13/pflag with '_' normalized to '-'. The last of several equal
 * flags wins.
 */
public record Flags(List<Flag> all) {

    public Flags {
        all = List.copyOf(all);
    }

    /**
     * One flag.
     *
     * @param name the name without leading dashes, words separated by '-'
     * @param value the value; "true" if the flag has none
     * @param index the index of the argument with the name
     * @param isSeparate whether the value is the next argument
     */
    public record Flag(String name, String value, int index, boolean isSeparate) {}

    /** Parses arguments and skips those that are not flags. */
    public static Flags of(List<String> arguments) {
        var flags = new ArrayList<Flag>();
        for (var index = 0; index < arguments.size(); index++) {
            var text = arguments.get(index);
            if (!isFlag(text)) {
                continue;
            }
            var equals = text.indexOf('=');
            if (equals >= 0) {
                flags.add(new Flag(name(text.substring(0, equals)), text.substring(equals + 1), index, false));
            } else if (takesNext(name(text), arguments, index)) {
                flags.add(new Flag(name(text), arguments.get(index + 1), index, true));
                index++;
            } else {
                flags.add(new Flag(name(text), "true", index, false));
            }
        }
        return new Flags(flags);
    }

    /** The value of a flag; empty if it is not set. */
    public Optional<String> value(String name) {
        return all.stream()
                .filter(flag -> flag.name().equals(name))
                .reduce((_, last) -> last)
                .map(Flag::value);
    }

    /** The flags whose names begin with {@code audit-}, by name. */
    public Map<String, String> audit() {
        var audit = new TreeMap<String, String>();
        all.stream()
                .filter(flag -> flag.name().startsWith("audit-"))
                .forEach(flag -> audit.put(flag.name(), flag.value()));
        return audit;
    }

    /** Other flags have unknown types, but only a flag can follow a bool flag. */
    private static boolean takesNext(String name, List<String> arguments, int index) {
        if (index + 1 == arguments.size() || AuditFlags.BOOLEAN.contains(name)) {
            return false;
        }
        return name.startsWith("audit-") || !isFlag(arguments.get(index + 1));
    }

    private static boolean isFlag(String text) {
        return text.startsWith("-") && text.length() > 1;
    }

    private static String name(String dashed) {
        return dashed.replaceFirst("^--?", "").replace('_', '-');
    }
}
