package dev.auditpolicy.manifest.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML document whose root is a mapping, without aliases and duplicate keys. */
public record YamlDocument(YamlText text, YamlMap root) {

    public static YamlDocument read(String text) throws UnsupportedManifestException {
        var yamlText = new YamlText(text);
        var documents = compose(yamlText.content());
        if (documents.size() != 1) {
            throw new UnsupportedManifestException(
                    "manifest",
                    documents.size() + " YAML documents",
                    "kubelet reads exactly one Pod per file: keep one document");
        }
        var root = YamlMap.of(documents.getFirst())
                .orElseThrow(() ->
                        new UnsupportedManifestException("manifest", "", "is not a YAML mapping: restore the Pod"));
        checkNodes(root.node(), new IdentityHashMap<>());
        return new YamlDocument(yamlText, root);
    }

    private static List<Node> compose(String text) throws UnsupportedManifestException {
        try {
            var documents = new ArrayList<Node>();
            new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).forEach(documents::add);
            return documents;
        } catch (MarkedYAMLException e) {
            // The exception's own message quotes lines of the manifest, which may hold a secret.
            var line = e.getProblemMark() == null
                    ? ""
                    : " in line " + (e.getProblemMark().getLine() + 1);
            throw new UnsupportedManifestException("manifest", "", "is not valid YAML" + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new UnsupportedManifestException("manifest", "", "is not valid YAML: " + e.getMessage());
        }
    }

    private static void checkNodes(Node node, Map<Node, Boolean> visited) throws UnsupportedManifestException {
        if (visited.put(node, true) != null) {
            throw new UnsupportedManifestException(
                    "manifest", "a YAML alias", "cannot be patched: replace it with its value");
        }
        switch (node) {
            case ScalarNode scalar -> {}
            case SequenceNode sequence -> {
                for (var item : sequence.getValue()) {
                    checkNodes(item, visited);
                }
            }
            case MappingNode mapping -> checkMapping(mapping, visited);
            default -> throw new IllegalStateException("unexpected node: " + node.getNodeId());
        }
    }

    private static void checkMapping(MappingNode mapping, Map<Node, Boolean> visited)
            throws UnsupportedManifestException {
        var keys = new HashSet<Object>();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (key.getTag().equals(Tag.MERGE)) {
                throw new UnsupportedManifestException(
                        "manifest", "<<", "a YAML merge key cannot be patched: replace it with its fields");
            }
            if (!keys.add(YamlTree.of(key))) {
                throw new UnsupportedManifestException(
                        "manifest",
                        key instanceof ScalarNode scalar ? scalar.getValue() : "",
                        "the key occurs twice in one mapping: remove one");
            }
            checkNodes(key, visited);
            checkNodes(tuple.getValueNode(), visited);
        }
    }
}
