package dev.auditpolicy.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The flags of a live kube-apiserver, read as its flag library (pflag) does: {@code --name=value} or {@code --name
 * value}, the last of a repeated flag wins, a flag without a value is {@code true}.
 */
record CommandLine(List<String> arguments) {

    CommandLine {
        arguments = List.copyOf(arguments);
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(flags().get(flag));
    }

    /** The flags whose name begins with {@code audit-}. */
    Map<String, String> audit() {
        var audit = new TreeMap<>(flags());
        audit.keySet().removeIf(name -> !name.startsWith("audit-"));
        return audit;
    }

    private Map<String, String> flags() {
        var flags = new TreeMap<String, String>();
        for (int index = 0; index < arguments.size(); index++) {
            var argument = arguments.get(index);
            if (!argument.startsWith("--")) {
                continue;
            }
            var equals = argument.indexOf('=');
            if (equals > 0) {
                flags.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else {
                var next = index + 1 < arguments.size() ? arguments.get(index + 1) : "--";
                flags.put(argument.substring(2), next.startsWith("--") ? "true" : next);
            }
        }
        return flags;
    }
}
