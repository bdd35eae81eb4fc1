package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Edits our annotations of the Pod to the desired values. */
final class AnnotationEditor {

    private final KubeApiServerManifest manifest;
    private final TextEdits edits;

    AnnotationEditor(KubeApiServerManifest manifest, TextEdits edits) {
        this.manifest = manifest;
        this.edits = edits;
    }

    void edit(Map<String, String> desired) {
        var annotations = manifest.metadata().map("annotations");
        var added = new TreeMap<>(desired);
        var removed = 0;
        for (var key : OwnershipMarkers.ANNOTATIONS) {
            var entry = annotations.flatMap(map -> map.entry(key));
            if (entry.isEmpty()) {
                continue;
            }
            var value = added.remove(key);
            if (value == null) {
                edits.removeLines(entry.get().getKeyNode(), entry.get().getValueNode());
                edits.addChange(Action.REMOVED, part(key), key);
                removed++;
            } else {
                change(key, entry.get(), value);
            }
        }
        if (!added.isEmpty()) {
            append(annotations, added);
        } else if (annotations.isPresent()
                && annotations.get().node().getValue().size() == removed) {
            var key = manifest.metadata().entry("annotations").orElseThrow().getKeyNode();
            edits.removeLines(key, key);
        }
    }

    private void change(String key, NodeTuple entry, String desired) {
        if (entry.getValueNode() instanceof ScalarNode value && value.getValue().equals(desired)) {
            return;
        }
        edits.replace(entry.getValueNode(), quoted(desired));
        edits.addChange(Action.CHANGED, part(key), describe(key, desired));
    }

    private void append(Optional<YamlMap> annotations, Map<String, String> added) {
        var text = manifest.text();
        var metadata = manifest.metadata();
        var lines = new ArrayList<String>();
        if (annotations.isEmpty()) {
            lines.add(" ".repeat(metadata.column()) + "annotations:");
        }
        // Without annotations, indent one step deeper than the keys of metadata, which are one step deep themselves.
        var column = annotations.map(YamlMap::column).orElse(2 * metadata.column());
        added.forEach((key, value) -> {
            lines.add(" ".repeat(column) + key + ": " + quoted(value));
            edits.addChange(Action.ADDED, part(key), describe(key, value));
        });
        var position =
                annotations.map(map -> text.endOfLines(map.node())).orElseGet(() -> text.startOfLines(metadata.node()));
        edits.insertLines(position, lines);
    }

    /** YAML reads an unquoted hash such as 12345678 or 1e10 as a number, and kubelet then rejects the whole Pod. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static Part part(String key) {
        return key.equals(OwnershipMarkers.REVISION) ? Part.REVISION_ANNOTATION : Part.FLAGS_ANNOTATION;
    }

    private static String describe(String key, String value) {
        return key + "=" + value;
    }
}
