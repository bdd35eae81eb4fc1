package dev.auditpolicy.cli.webhook;

import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.webhook.kubeconfig.NamedFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A kubeconfig in which only paths change: comments, order and style stay. */
final class KubeconfigText {

    private final String text;
    private final TreeMap<Integer, Replacement> replacements = new TreeMap<>(Comparator.reverseOrder());

    private record Replacement(int end, String key) {}

    KubeconfigText(String text) {
        this.text = text;
    }

    /**
     * Writes a key in the place of a path.
     *
     * @return whether the path is written so that it can be replaced: on its line, without anchors and escapes
     */
    boolean replace(NamedFile file, String key) {
        Optional<Integer> start = offset(file.position());
        Optional<Integer> length = start.flatMap(offset -> forms(file.path()).stream()
                .filter(form -> text.startsWith(form, offset))
                .map(String::length)
                .findFirst());
        length.ifPresent(
                size -> replacements.put(start.orElseThrow(), new Replacement(start.orElseThrow() + size, key)));
        return length.isPresent();
    }

    private static List<String> forms(String path) {
        return List.of('"' + path + '"', "'" + path + "'", path);
    }

    private Optional<Integer> offset(Position position) {
        List<Integer> starts = Stream.iterate(
                        0,
                        start -> start >= 0,
                        start -> text.indexOf('\n', start) < 0 ? -1 : text.indexOf('\n', start) + 1)
                .toList();
        return position.line() < 1 || position.line() > starts.size()
                ? Optional.empty()
                : Optional.of(starts.get(position.line() - 1) + position.column() - 1);
    }

    String replaced() {
        StringBuilder result = new StringBuilder(text);
        replacements.forEach(
                (start, replacement) -> result.replace(start, replacement.end(), '"' + replacement.key() + '"'));
        return result.toString();
    }
}
