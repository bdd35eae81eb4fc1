package dev.auditpolicy.manifest.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The flags among the arguments of a kube-apiserver, read as it reads them (spf13/pflag with the word separator '_'
 * normalised to '-'): the last of a repeated flag wins.
 */
public record Flags(List<Flag> all) {

    public Flags {
        all = List.copyOf(all);
    }

    /**
     * One flag.
     *
     * @param name without dashes, words joined by '-'
     * @param value "true" for a flag without a value
     * @param index of the argument with the name
     * @param inTwo whether the value is an argument of its own, the next
     */
    public record Flag(String name, String value, int index, boolean inTwo) {}

    /** The flags among {@code arguments}; what is not a flag is passed over. */
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

    /** The value of a flag, if it is set. */
    public Optional<String> value(String name) {
        return all.stream()
                .filter(flag -> flag.name().equals(name))
                .reduce((_, last) -> last)
                .map(Flag::value);
    }

    /** The flags whose name begins with {@code audit-}, by name. */
    public Map<String, String> audit() {
        var audit = new TreeMap<String, String>();
        all.stream()
                .filter(flag -> flag.name().startsWith("audit-"))
                .forEach(flag -> audit.put(flag.name(), flag.value()));
        return audit;
    }

    /** The types of foreign flags are unknown here; one of type bool is never followed by something else than a flag. */
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
