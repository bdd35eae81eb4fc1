package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML node before decoding: tags and aliases are unresolved. */
sealed interface YamlNode {

    Position position();

    /**
     * A scalar.
     *
     * @param tag empty if absent
     * @param plain whether its type follows from its text, because it is not quoted
     */
    record Scalar(String value, String tag, boolean plain, Position position) implements YamlNode {
        boolean isMergeKey() {
            return value.equals("<<") && (plain || tag.equals("tag:yaml.org,2002:merge"));
        }
    }

    record Sequence(List<YamlNode> items, Position position) implements YamlNode {}

    record Mapping(List<Pair> pairs, Position position) implements YamlNode {}

    record Alias(Anchor anchor, Position position) implements YamlNode {}

    record Pair(YamlNode key, YamlNode value) {}

    /** The target of aliases. Its node is bound when it is read completely. */
    final class Anchor {
        private final String name;
        private @Nullable YamlNode node;

        Anchor(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** The node; null while that node is being read. */
        @Nullable
        YamlNode node() {
            return node;
        }

        void bind(YamlNode anchored) {
            node = anchored;
        }
    }
}
