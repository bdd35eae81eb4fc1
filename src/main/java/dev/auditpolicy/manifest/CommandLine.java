package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.Flags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@link Flags} of a manifest with their YAML nodes. */
record CommandLine(List<Flag> flags) {

    /**
     * One flag.
     *
     * @param name the name without leading dashes, words separated by '-'
     * @param value the value; "true" if the flag has none
     * @param first the argument with the name, and with the value unless {@code second} is present
     * @param second the argument with the value, if it is separate
     */
    record Flag(String name, String value, ScalarNode first, Optional<ScalarNode> second) {
        List<ScalarNode> nodes() {
            return Stream.concat(Stream.of(first), second.stream()).toList();
        }

        /** kube-apiserver parses {@code -name} as a group of one-letter flags and does not start. */
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
                                flag.isSeparate() ? Optional.of(arguments.get(flag.index() + 1)) : Optional.empty()))
                        .toList());
    }

    List<Flag> named(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).toList();
    }
}
