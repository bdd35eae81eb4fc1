package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Edits our items in a list of named mappings (volumes, mounts) to the desired ones. */
final class ListEditor {
    private final KubeApiServerManifest manifest;
    private final TextEdits edits;
    private final Part part;
    private final YamlMap parent;
    private final String key;

    ListEditor(KubeApiServerManifest manifest, TextEdits edits, Part part, YamlMap parent, String key) {
        this.manifest = manifest;
        this.edits = edits;
        this.part = part;
        this.parent = parent;
        this.key = key;
    }

    void edit(List<OwnedItem> desired) {
        var added = new ArrayList<>(desired);
        var kept = 0;
        for (var item : parent.items(key)) {
            var name = ownedName(item);
            var match = added.stream()
                    .filter(candidate -> name.filter(candidate.name()::equals).isPresent())
                    .findFirst();
            if (name.isPresent() && match.isEmpty()) {
                edits.removeLines(item, item);
                edits.addChange(Action.REMOVED, part, name.get());
                continue;
            }
            kept++;
            match.ifPresent(owned -> {
                change(item, owned);
                added.remove(owned);
            });
        }
        if (!added.isEmpty()) {
            append(added);
        } else if (kept == 0) {
            parent.entry(key).ifPresent(entry -> edits.removeLines(entry.getKeyNode(), entry.getKeyNode()));
        }
    }

    private Optional<String> ownedName(Node item) {
        return YamlMap.of(item)
                .flatMap(map -> map.string("name"))
                .filter(OwnershipMarkers.VOLUMES::contains)
                .filter(name -> manifest.hasOwnershipMarker());
    }

    private void change(Node item, OwnedItem desired) {
        if (!YamlTree.of(item).equals(desired.tree())) {
            edits.replaceLines(item, lines(manifest.text().before(item), desired));
            edits.addChange(Action.CHANGED, part, desired.describe());
        }
    }

    private void append(List<OwnedItem> added) {
        var list = parent.list(key);
        var lines = new ArrayList<String>();
        var column = parent.column();
        var dash = list.map(items -> manifest.text().before(items.getValue().getLast()))
                .orElseGet(() -> " ".repeat(column + manifest.listIndent()) + "- ");
        if (list.isEmpty()) {
            lines.add(" ".repeat(column) + key + ":");
        }
        for (var item : added) {
            lines.addAll(lines(dash, item));
            edits.addChange(Action.ADDED, part, item.describe());
        }
        Node anchor = list.isPresent() ? list.get() : parent.node();
        edits.insertLines(manifest.text().endOfLines(anchor), lines);
    }

    private static List<String> lines(String dash, OwnedItem item) {
        var lines = new ArrayList<String>();
        for (var line : item.lines()) {
            lines.add((lines.isEmpty() ? dash : " ".repeat(dash.length())) + line);
        }
        return lines;
    }
}
