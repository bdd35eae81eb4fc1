package dev.auditpolicy.manifest.yaml;

import static java.util.Collections.newSetFromMap;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Rejects what no patch can be proven of: merge keys, repeated keys, and aliases that are many or recursive. */
final class NodeCheck {

    /** Each alias can double the tree; real manifests have one or two. */
    private static final int MAX_ALIASES = 16;

    private final Set<Node> visited = newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> path = newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> shared = newSetFromMap(new IdentityHashMap<>());
    private int aliases;

    private NodeCheck() {}

    /** The nodes that stand in several places. */
    static Set<Node> check(Node root) throws UnsupportedManifestException {
        var check = new NodeCheck();
        check.node(root);
        return check.shared;
    }

    private void node(Node node) throws UnsupportedManifestException {
        if (!visited.add(node)) {
            alias(node);
            return;
        }
        path.add(node);
        switch (node) {
            case ScalarNode scalar -> {}
            case SequenceNode sequence -> {
                for (var item : sequence.getValue()) {
                    node(item);
                }
            }
            case MappingNode mapping -> mapping(mapping);
            default -> throw new IllegalStateException("unexpected node: " + node.getNodeId());
        }
        path.remove(node);
    }

    private void alias(Node node) throws UnsupportedManifestException {
        aliases++;
        if (path.contains(node) || aliases > MAX_ALIASES) {
            throw new UnsupportedManifestException(
                    "manifest", "a YAML alias", "cannot be patched: replace it with its value");
        }
        shared.add(node);
    }

    private void mapping(MappingNode mapping) throws UnsupportedManifestException {
        var keys = new HashSet<Object>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (key.getTag().equals(Tag.MERGE)) {
                throw new UnsupportedManifestException(
                        "manifest", "<<", "a YAML merge key cannot be patched: replace it with its fields");
            }
            node(key);
            if (!keys.add(YamlTree.of(key))) {
                throw new UnsupportedManifestException(
                        "manifest",
                        key instanceof ScalarNode scalar ? scalar.getValue() : "",
                        "the key occurs twice in one mapping: remove one");
            }
            node(tuple.getValueNode());
        }
    }
}
