package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Brings our items of a list of named mappings (volumes, mounts) to what is wanted. */
final class ListEditor {
    private final KubeApiServerManifest manifest;
    private final TextEdits draft;
    private final Part part;
    private final YamlMap parent;
    private final String key;

    ListEditor(KubeApiServerManifest manifest, TextEdits draft, Part part, YamlMap parent, String key) {
        this.manifest = manifest;
        this.draft = draft;
        this.part = part;
        this.parent = parent;
        this.key = key;
    }

    void edit(List<OwnedItem> wanted) {
        var added = new ArrayList<>(wanted);
        var kept = 0;
        for (var item : parent.items(key)) {
            var name = ownedName(item);
            var match = added.stream()
                    .filter(candidate -> name.filter(candidate.name()::equals).isPresent())
                    .findFirst();
            if (name.isPresent() && match.isEmpty()) {
                draft.removeLines(item, item);
                draft.note(Action.REMOVED, part, name.get());
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
            parent.entry(key).ifPresent(entry -> draft.removeLines(entry.getKeyNode(), entry.getKeyNode()));
        }
    }

    private Optional<String> ownedName(Node item) {
        return YamlMap.of(item)
                .flatMap(map -> map.string("name"))
                .filter(OwnershipMarkers.VOLUMES::contains)
                .filter(name -> manifest.isMarked());
    }

    private void change(Node item, OwnedItem wanted) {
        if (!YamlTree.of(item).equals(wanted.tree())) {
            draft.replaceLines(item, lines(manifest.text().before(item), wanted));
            draft.note(Action.CHANGED, part, wanted.describe());
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
            draft.note(Action.ADDED, part, item.describe());
        }
        Node anchor = list.isPresent() ? list.get() : parent.node();
        draft.insertLines(manifest.text().endOfLines(anchor), lines);
    }

    private static List<String> lines(String dash, OwnedItem item) {
        var lines = new ArrayList<String>();
        for (var line : item.lines()) {
            lines.add((lines.isEmpty() ? dash : " ".repeat(dash.length())) + line);
        }
        return lines;
    }
}
