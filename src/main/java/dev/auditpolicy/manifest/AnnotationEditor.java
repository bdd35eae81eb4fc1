package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Brings our marks among the Pod's annotations to what is wanted. */
final class AnnotationEditor {
    private static final List<String> KEYS = List.of(OwnershipMarkers.FLAGS, OwnershipMarkers.REVISION);

    private final KubeApiServerManifest manifest;
    private final TextEdits draft;

    AnnotationEditor(KubeApiServerManifest manifest, TextEdits draft) {
        this.manifest = manifest;
        this.draft = draft;
    }

    void edit(Map<String, String> wanted) {
        var annotations = manifest.metadata().map("annotations");
        var added = new TreeMap<>(wanted);
        var removed = 0;
        for (var key : KEYS) {
            var entry = annotations.flatMap(map -> map.entry(key));
            if (entry.isPresent() && added.containsKey(key)) {
                change(entry.get(), added.remove(key));
            } else if (entry.isPresent()) {
                draft.removeLines(entry.get().getKeyNode(), entry.get().getValueNode());
                draft.note(Action.REMOVED, Part.ANNOTATION, key);
                removed++;
            }
        }
        if (!added.isEmpty()) {
            append(annotations, added);
        } else if (annotations.isPresent()
                && annotations.get().node().getValue().size() == removed) {
            var key = manifest.metadata().entry("annotations").orElseThrow().getKeyNode();
            draft.removeLines(key, key);
        }
    }

    private void change(NodeTuple entry, String wanted) {
        if (entry.getValueNode() instanceof ScalarNode value && value.getValue().equals(wanted)) {
            return;
        }
        draft.replace(entry.getValueNode(), quoted(wanted));
        draft.note(Action.CHANGED, Part.ANNOTATION, described(((ScalarNode) entry.getKeyNode()).getValue(), wanted));
    }

    private void append(Optional<YamlMap> annotations, Map<String, String> added) {
        var text = manifest.text();
        var metadata = manifest.metadata();
        var lines = new ArrayList<String>();
        if (annotations.isEmpty()) {
            lines.add(" ".repeat(metadata.column()) + "annotations:");
        }
        // Without annotations: one step deeper than the keys of metadata, which are one step deep themselves.
        var column = annotations.map(YamlMap::column).orElse(2 * metadata.column());
        added.forEach((key, value) -> {
            lines.add(" ".repeat(column) + key + ": " + quoted(value));
            draft.note(Action.ADDED, Part.ANNOTATION, described(key, value));
        });
        var position =
                annotations.map(map -> text.endOfLines(map.node())).orElseGet(() -> text.startOfLines(metadata.node()));
        draft.insertLines(position, lines);
    }

    /** Quoted, since a hash such as 12345678 or 1e10 is a number to YAML and kubelet refuses the whole Pod for it. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static String described(String key, String value) {
        return key + "=" + value;
    }
}
