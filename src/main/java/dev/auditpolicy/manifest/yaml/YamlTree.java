package dev.auditpolicy.manifest.yaml;

import static java.util.stream.Collectors.joining;

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
import org.yaml.snakeyaml.nodes.Tag;

/** The meaning of YAML regardless of style: nested maps, lists and {@link Scalar}s that compare by value. */
public final class YamlTree {
    private YamlTree() {}

    /** A scalar; 1 and "1" differ in their tags. */
    public record Scalar(String tag, String value) {}

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

    /** Whether any of {@code some} is in a tree. */
    public static boolean contains(Node tree, Set<Node> some) {
        return some.contains(tree)
                || switch (tree) {
                    case SequenceNode sequence -> sequence.getValue().stream().anyMatch(item -> contains(item, some));
                    case MappingNode mapping ->
                        mapping.getValue().stream()
                                .anyMatch(tuple ->
                                        contains(tuple.getKeyNode(), some) || contains(tuple.getValueNode(), some));
                    default -> false;
                };
    }

    /** YAML in the syntax of JSON, on one line. */
    public static String flow(List<String> lines) {
        return flow(new Yaml(new LoaderOptions()).compose(new StringReader(String.join("\n", lines))));
    }

    private static String flow(Node node) {
        return switch (node) {
            case ScalarNode scalar ->
                scalar.getTag().equals(Tag.STR) ? '"' + scalar.getValue() + '"' : scalar.getValue();
            case SequenceNode sequence ->
                sequence.getValue().stream().map(YamlTree::flow).collect(joining(", ", "[", "]"));
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .map(entry -> flow(entry.getKeyNode()) + ": " + flow(entry.getValueNode()))
                        .collect(joining(", ", "{", "}"));
            default -> throw new IllegalStateException("unexpected node: " + node.getNodeId());
        };
    }

    public static Object of(List<String> lines) {
        return of(new Yaml(new LoaderOptions()).compose(new StringReader(String.join("\n", lines))));
    }
}
