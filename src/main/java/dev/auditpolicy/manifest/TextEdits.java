package dev.auditpolicy.manifest;

import static java.util.Comparator.comparingInt;

import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Collects edits of a text, and the changes that they make to the manifest. */
final class TextEdits {
    private record Edit(int start, int end, String replacement) {}

    private final YamlText text;
    private final List<Edit> edits = new ArrayList<>();
    private final List<ManifestChange> changes = new ArrayList<>();

    TextEdits(YamlText text) {
        this.text = text;
    }

    void addChange(ManifestChange.Action action, ManifestChange.Part part, String subject) {
        changes.add(new ManifestChange(action, part, subject));
    }

    /** Inserts whole lines at the start of a line. Several insertions at one position keep their order. */
    void insertLines(int position, List<String> lines) {
        edits.add(new Edit(position, position, join(lines)));
    }

    /** Inserts text within a line. */
    void insert(int position, String inserted) {
        edits.add(new Edit(position, position, inserted));
    }

    /** Removes text within lines. */
    void remove(int start, int end) {
        edits.add(new Edit(start, end, ""));
    }

    /** Replaces the text of one node. */
    void replace(Node node, String replacement) {
        edits.add(new Edit(text.start(node), text.end(node), replacement));
    }

    /** Replaces a null, which may have no text. */
    void replaceEmpty(Node node, String replacement) {
        replace(node, text.start(node) == text.end(node) ? " " + replacement : replacement);
    }

    /** Replaces all lines of a node. */
    void replaceLines(Node node, List<String> lines) {
        edits.add(new Edit(text.startOfLines(node), text.endOfLines(node), join(lines)));
    }

    /** Removes all lines from the first line of one node to the last line of another. */
    void removeLines(Node first, Node last) {
        edits.add(new Edit(text.startOfLines(first), text.endOfLines(last), ""));
    }

    List<ManifestChange> changes() {
        return List.copyOf(changes);
    }

    /** The numbers, from 0, of the lines that are removed. */
    List<Integer> removedLines() {
        var lines = new TreeSet<Integer>();
        edits.stream()
                .filter(edit -> edit.replacement().isEmpty())
                .forEach(edit -> lines.addAll(text.lineNumbers(edit.start(), edit.end())));
        return List.copyOf(lines);
    }

    /** The edited text; empty if two edits overlap, because the manifest is in a form that the editors do not expect. */
    Optional<String> apply() {
        var result = new StringBuilder();
        var position = 0;
        for (var edit : edits.stream().sorted(comparingInt(Edit::start)).toList()) {
            if (edit.start() < position) {
                return Optional.empty();
            }
            result.append(text.content(), position, edit.start()).append(edit.replacement());
            position = edit.end();
        }
        result.append(text.content(), position, text.content().length());
        return Optional.of(text.restored(result.toString()));
    }

    private String join(List<String> lines) {
        return String.join(
                "", lines.stream().map(line -> line + text.lineBreak()).toList());
    }
}
