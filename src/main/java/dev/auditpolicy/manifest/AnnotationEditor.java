package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.Change.Action;
import dev.auditpolicy.manifest.Change.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Brings our marks among the Pod's annotations to what is wanted. */
final class AnnotationEditor {
    private static final List<String> KEYS = List.of(Marks.FLAGS, Marks.REVISION);

    /** In a manifest that has none, annotations come first in the metadata, indented as kubeadm does. */
    private static final int INDENT = 2;

    private final KubeApiServerManifest manifest;
    private final Draft draft;

    AnnotationEditor(KubeApiServerManifest manifest, Draft draft) {
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
            append(annotations.orElse(null), added);
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

    private void append(YamlMap annotations, Map<String, String> added) {
        var metadata = manifest.metadata().node();
        var lines = new ArrayList<String>();
        var column = annotations == null
                ? metadata.getStartMark().getColumn() + INDENT
                : annotations.node().getStartMark().getColumn();
        if (annotations == null) {
            lines.add(" ".repeat(column - INDENT) + "annotations:");
        }
        added.forEach((key, value) -> {
            lines.add(" ".repeat(column) + key + ": " + quoted(value));
            draft.note(Action.ADDED, Part.ANNOTATION, described(key, value));
        });
        var text = manifest.text();
        draft.insertLines(
                annotations == null ? text.startOfLines(metadata) : text.endOfLines(annotations.node()), lines);
    }

    /** Quoted, since a hash such as 12345678 or 1e10 is a number to YAML and kubelet refuses the whole Pod for it. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }

    private static String described(String key, String value) {
        return key + "=" + value;
    }
}
