package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.Flags;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@link Flags} of a manifest, each with where it stands in the text. */
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
        return new CommandLine(
                Flags.of(arguments.stream().map(ScalarNode::getValue).toList()).all().stream()
                        .map(flag -> new Flag(
                                flag.name(),
                                flag.value(),
                                arguments.get(flag.index()),
                                flag.inTwo() ? Optional.of(arguments.get(flag.index() + 1)) : Optional.empty()))
                        .toList());
    }

    List<Flag> named(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).toList();
    }
}
