package dev.auditpolicy.manifest.yaml;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Typed access to a mapping node. A value of another type counts as absent. */
public record YamlMap(MappingNode node) {

    public static Optional<YamlMap> of(Node node) {
        return node instanceof MappingNode mapping ? Optional.of(new YamlMap(mapping)) : Optional.empty();
    }

    /** The indentation of the keys. */
    public int column() {
        return node.getStartMark().getColumn();
    }

    public Optional<NodeTuple> entry(String key) {
        return node.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    public Optional<Node> get(String key) {
        return entry(key).map(NodeTuple::getValueNode).filter(value -> !value.getTag()
                .equals(Tag.NULL));
    }

    public Optional<YamlMap> map(String key) {
        return get(key).flatMap(YamlMap::of);
    }

    public Optional<String> string(String key) {
        return get(key).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).getValue());
    }

    public Optional<SequenceNode> list(String key) {
        return get(key).filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast);
    }

    public List<Node> items(String key) {
        return list(key).map(SequenceNode::getValue).orElse(List.of());
    }

    /** The mappings in a list of mappings. */
    public List<YamlMap> maps(String key) {
        return items(key).stream().map(YamlMap::of).flatMap(Optional::stream).toList();
    }
}
