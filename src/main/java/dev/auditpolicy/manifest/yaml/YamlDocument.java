package dev.auditpolicy.manifest.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document whose root is a mapping, without duplicate keys.
 *
 * @param shared the nodes that stand in several places, because of an alias
 */
public record YamlDocument(YamlText text, YamlMap root, Set<Node> shared) {

    public static YamlDocument read(String text) throws UnsupportedManifestException {
        var yamlText = new YamlText(text);
        var documents = compose(yamlText.content());
        // kubelet reads the first one. A marker at the end of the file begins an empty one.
        while (documents.size() > 1 && documents.getLast().getTag().equals(Tag.NULL)) {
            documents.removeLast();
        }
        if (documents.size() != 1) {
            throw new UnsupportedManifestException(
                    "manifest",
                    documents.size() + " YAML documents",
                    "kubelet reads exactly one Pod per file: keep one document");
        }
        var root = YamlMap.of(documents.getFirst())
                .orElseThrow(() ->
                        new UnsupportedManifestException("manifest", "", "is not a YAML mapping: restore the Pod"));
        return new YamlDocument(yamlText, root, NodeCheck.check(root.node()));
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
}
