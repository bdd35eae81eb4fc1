package dev.auditpolicy.manifest.yaml;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The meaning of YAML regardless of style: nested maps, lists and {@link Scalar}s that compare by value. */
public final class YamlTree {
    private YamlTree() {}

    /** A scalar; 1 and "1" differ in their tags. */
    record Scalar(String tag, String value) {}

    public static Object of(Node node) {
        return of(node, Set.of());
    }

    /** Omits the list items and mapping keys in {@code skipped}. */
    public static Object of(Node node, Set<Node> skipped) {
        return switch (node) {
            case ScalarNode scalar -> new Scalar(scalar.getTag().getValue(), scalar.getValue());
            case SequenceNode sequence ->
                sequence.getValue().stream()
                        .filter(item -> !skipped.contains(item))
                        .map(item -> of(item, skipped))
                        .toList();
            case MappingNode mapping -> {
                var map = new LinkedHashMap<Object, Object>();
                mapping.getValue().stream()
                        .filter(tuple -> !skipped.contains(tuple.getKeyNode()))
                        .forEach(tuple -> map.put(of(tuple.getKeyNode(), skipped), of(tuple.getValueNode(), skipped)));
                yield map;
            }
            default -> throw new IllegalStateException("unexpected node: " + node.getNodeId());
        };
    }

    public static Object of(List<String> lines) {
        return of(new Yaml(new LoaderOptions()).compose(new StringReader(String.join("\n", lines))));
    }
}
