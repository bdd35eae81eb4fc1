package dev.auditpolicy.manifest;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Typed access to a mapping node; what has another type than asked for is as if it were not there. */
record YamlMap(MappingNode node) {

    static Optional<YamlMap> of(Node node) {
        return node instanceof MappingNode mapping ? Optional.of(new YamlMap(mapping)) : Optional.empty();
    }

    /** How far its keys are indented. */
    int column() {
        return node.getStartMark().getColumn();
    }

    Optional<NodeTuple> entry(String key) {
        return node.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    Optional<Node> get(String key) {
        return entry(key).map(NodeTuple::getValueNode).filter(value -> !value.getTag()
                .equals(Tag.NULL));
    }

    Optional<YamlMap> map(String key) {
        return get(key).flatMap(YamlMap::of);
    }

    Optional<String> string(String key) {
        return get(key).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).getValue());
    }

    Optional<SequenceNode> list(String key) {
        return get(key).filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast);
    }

    List<Node> items(String key) {
        return list(key).map(SequenceNode::getValue).orElse(List.of());
    }

    /** The mappings in a list of mappings. */
    List<YamlMap> maps(String key) {
        return items(key).stream().map(YamlMap::of).flatMap(Optional::stream).toList();
    }
}
