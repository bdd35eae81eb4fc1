package dev.auditpolicy.manifest;

import static java.util.Collections.newSetFromMap;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

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
        Set<Node> removed = newSetFromMap(new IdentityHashMap<>());
        for (var item : parent.items(key)) {
            var name = ownedName(item);
            var match = added.stream()
                    .filter(candidate -> name.filter(candidate.name()::equals).isPresent())
                    .findFirst();
            if (name.isPresent() && match.isEmpty()) {
                removed.add(item);
                edits.addChange(Action.REMOVED, part, name.get());
            }
            match.ifPresent(owned -> {
                change(item, owned);
                added.remove(owned);
            });
        }
        added.forEach(item -> edits.addChange(Action.ADDED, part, item.describe()));
        var list = parent.list(key);
        if (list.isPresent() && YamlText.isFlow(list.get())) {
            editFlow(list.get(), removed, added);
        } else {
            editBlock(list, removed, added);
        }
    }

    private void editFlow(SequenceNode list, Set<Node> removed, List<OwnedItem> added) {
        var isEmpty = removed.size() == list.getValue().size() && added.isEmpty();
        if (isEmpty && !removed.isEmpty() && YamlText.isFlow(parent.node())) {
            var keyNode = parent.entry(key).orElseThrow().getKeyNode();
            FlowEditor.edit(manifest.text(), edits, parent.node(), Set.of(keyNode), List.of());
        } else {
            FlowEditor.edit(
                    manifest.text(),
                    edits,
                    list,
                    removed,
                    added.stream().map(OwnedItem::flow).toList());
        }
    }

    private void editBlock(Optional<SequenceNode> list, Set<Node> removed, List<OwnedItem> added) {
        removed.forEach(item -> edits.removeLines(item, item));
        if (!added.isEmpty()) {
            append(list, added);
        } else if (list.isPresent() && removed.size() == list.get().getValue().size()) {
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
        if (!OwnedItem.meaning(item).equals(desired.meaning())) {
            if (item instanceof CollectionNode<?> collection && YamlText.isFlow(collection)) {
                edits.replace(item, desired.flow());
            } else {
                edits.replaceLines(item, lines(manifest.text().before(item), desired));
            }
            edits.addChange(Action.CHANGED, part, desired.describe());
        }
    }

    /** Adds items at the end of the list. */
    void append(List<OwnedItem> added) {
        var list = parent.list(key);
        if (list.isPresent() && YamlText.isFlow(list.get())) {
            editFlow(list.get(), Set.of(), added);
        } else {
            append(list, added);
        }
    }

    private void append(Optional<SequenceNode> list, List<OwnedItem> added) {
        var empty = parent.entry(key).map(NodeTuple::getValueNode);
        if (list.isEmpty() && (empty.isPresent() || YamlText.isFlow(parent.node()))) {
            var items = added.stream().map(OwnedItem::flow).collect(joining(", ", "[", "]"));
            empty.ifPresentOrElse(
                    value -> edits.replaceEmpty(value, items),
                    () -> FlowEditor.edit(
                            manifest.text(), edits, parent.node(), Set.of(), List.of('"' + key + "\": " + items)));
            return;
        }
        var lines = new ArrayList<String>();
        var column = parent.column();
        var dash = list.map(items -> manifest.text().before(items.getValue().getLast()))
                .orElseGet(() -> " ".repeat(column + manifest.listIndent()) + "- ");
        if (list.isEmpty()) {
            lines.add(" ".repeat(column) + key + ":");
        }
        for (var item : added) {
            lines.addAll(lines(dash, item));
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
