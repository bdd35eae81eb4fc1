package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.Position;
import java.util.List;

/** A node of a YAML document before it is decoded: tags unresolved, aliases in place. */
sealed interface YamlNode {

    Position position();

    /**
     * A scalar.
     *
     * @param tag empty if it has none
     * @param plain whether its type may be told from its text, because it is not quoted
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

    /** What an alias stands for; its node is known only once it is read to its end. */
    final class Anchor {
        private final String name;
        private YamlNode node;

        Anchor(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** The node, or null inside of the node itself. */
        YamlNode node() {
            return node;
        }

        void bind(YamlNode anchored) {
            node = anchored;
        }
    }
}
