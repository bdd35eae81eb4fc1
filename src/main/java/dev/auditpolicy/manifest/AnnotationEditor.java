package dev.auditpolicy.manifest;

import static java.util.Collections.newSetFromMap;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;
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
        Set<Node> removed = newSetFromMap(new IdentityHashMap<>());
        for (var key : OwnershipMarkers.ANNOTATIONS) {
            var entry = annotations.flatMap(map -> map.entry(key));
            if (entry.isEmpty()) {
                continue;
            }
            var value = added.remove(key);
            if (value == null) {
                removed.add(entry.get().getKeyNode());
                edits.addChange(Action.REMOVED, part(key), key);
            } else {
                change(key, entry.get(), value);
            }
        }
        added.forEach((key, value) -> edits.addChange(Action.ADDED, part(key), describe(key, value)));
        if (annotations.isPresent() && YamlText.isFlow(annotations.get().node())) {
            editFlow(annotations.get(), removed, added);
        } else {
            editBlock(annotations, removed, added);
        }
    }

    private void editFlow(YamlMap annotations, Set<Node> removed, Map<String, String> added) {
        var isEmpty = removed.size() == annotations.node().getValue().size() && added.isEmpty();
        if (isEmpty && !removed.isEmpty() && YamlText.isFlow(manifest.metadata().node())) {
            var key = manifest.metadata().entry("annotations").orElseThrow().getKeyNode();
            FlowEditor.edit(manifest.text(), edits, manifest.metadata().node(), Set.of(key), List.of());
        } else {
            FlowEditor.edit(manifest.text(), edits, annotations.node(), removed, flow(added));
        }
    }

    private void editBlock(Optional<YamlMap> annotations, Set<Node> removed, Map<String, String> added) {
        removed.forEach(key -> edits.removeLines(key, key));
        if (!added.isEmpty()) {
            append(annotations, added);
        } else if (annotations.isPresent()
                && annotations.get().node().getValue().size() == removed.size()) {
            var key = manifest.metadata().entry("annotations").orElseThrow().getKeyNode();
            edits.removeLines(key, key);
        }
    }

    private static List<String> flow(Map<String, String> added) {
        return added.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .toList();
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
        var empty = metadata.entry("annotations").map(NodeTuple::getValueNode);
        if (annotations.isEmpty() && (empty.isPresent() || YamlText.isFlow(metadata.node()))) {
            var map = '{' + String.join(", ", flow(added)) + '}';
            empty.ifPresentOrElse(
                    value -> edits.replaceEmpty(value, map),
                    () -> FlowEditor.edit(text, edits, metadata.node(), Set.of(), List.of("\"annotations\": " + map)));
            return;
        }
        var lines = new ArrayList<String>();
        if (annotations.isEmpty()) {
            lines.add(" ".repeat(metadata.column()) + "annotations:");
        }
        // Without annotations, indent one step deeper than the keys of metadata, which are one step deep themselves.
        var column = annotations.map(YamlMap::column).orElse(2 * metadata.column());
        added.forEach((key, value) -> lines.add(" ".repeat(column) + key + ": " + quoted(value)));
        var position =
                annotations.map(map -> text.endOfLines(map.node())).orElseGet(() -> text.startOfLines(metadata.node()));
        edits.insertLines(position, lines);
    }

    /** YAML reads an unquoted hash such as 12345678 or 1e10 as a number, and kubelet then rejects the whole Pod. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static Part part(String key) {
        return switch (key) {
            case OwnershipMarkers.REVISION -> Part.REVISION_ANNOTATION;
            case OwnershipMarkers.REAPPLIED -> Part.REAPPLIED_ANNOTATION;
            default -> Part.FLAGS_ANNOTATION;
        };
    }

    private static String describe(String key, String value) {
        return key + "=" + value;
    }
}
