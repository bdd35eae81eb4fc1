package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Adds and removes elements of a list or mapping in flow style, such as {@code [a, b]}, with the commas between them. */
final class FlowEditor {

    private final TextEdits edits;
    private final List<Element> elements;
    private final int inside;

    /** The text from the start of an item or key to the end of the item or value. */
    private record Element(Node first, int start, int end) {}

    private FlowEditor(YamlText text, TextEdits edits, CollectionNode<?> node) {
        this.edits = edits;
        inside = text.start(node) + 1;
        elements = switch (node) {
            case SequenceNode list ->
                list.getValue().stream()
                        .map(item -> new Element(item, text.start(item), text.end(item)))
                        .toList();
            case MappingNode map ->
                map.getValue().stream()
                        .map(entry -> new Element(
                                entry.getKeyNode(), text.start(entry.getKeyNode()), text.end(entry.getValueNode())))
                        .toList();
            default -> throw new IllegalStateException("neither a mapping nor a sequence: " + node.getNodeId());
        };
    }

    /**
     * Removes and appends elements.
     *
     * @param removed items or keys, by identity
     * @param added in the syntax of JSON
     */
    static void edit(YamlText text, TextEdits edits, CollectionNode<?> node, Set<Node> removed, List<String> added) {
        var editor = new FlowEditor(text, edits, node);
        var keepsNone = editor.elements.stream().allMatch(element -> removed.contains(element.first()));
        editor.remove(removed);
        if (!added.isEmpty()) {
            var elements = String.join(", ", added);
            if (keepsNone) {
                edits.insert(editor.inside, elements);
            } else {
                edits.insert(editor.elements.getLast().end(), ", " + elements);
            }
        }
    }

    /** Up to the first element that stays, removes the comma after each one, then the one before. */
    private void remove(Set<Node> removed) {
        var firstKept = IntStream.range(0, elements.size())
                .filter(index -> !removed.contains(elements.get(index).first()))
                .findFirst();
        if (firstKept.isEmpty()) {
            if (!elements.isEmpty()) {
                edits.remove(elements.getFirst().start(), elements.getLast().end());
            }
            return;
        }
        for (var index = 0; index < elements.size(); index++) {
            if (removed.contains(elements.get(index).first())) {
                if (index < firstKept.getAsInt()) {
                    edits.remove(
                            elements.get(index).start(), elements.get(index + 1).start());
                } else {
                    edits.remove(
                            elements.get(index - 1).end(), elements.get(index).end());
                }
            }
        }
    }
}
