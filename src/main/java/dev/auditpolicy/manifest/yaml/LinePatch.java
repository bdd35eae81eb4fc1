package dev.auditpolicy.manifest.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lines that were removed from a text, and how they are put back into what has become of it since. A line returns before the
 * line that followed it, else after the one that preceded it.
 */
public final class LinePatch {

    private final YamlText original;
    private final Set<Integer> removed;

    /** @param removed numbers of lines of {@code original}, from 0 */
    public LinePatch(String original, Set<Integer> removed) {
        this.original = new YamlText(original);
        this.removed = Set.copyOf(removed);
    }

    /**
     * Puts lines back. If they are all, and nothing else has changed, the result is the original, byte for byte.
     *
     * @param returning those of the removed lines that return
     */
    public String putBack(Set<Integer> returning, String changed) {
        var present = new YamlText(changed);
        var all = lines(original.content());
        var lines = lines(present.content());
        var kept = new ArrayList<String>();
        for (var index = 0; index < all.size(); index++) {
            if (!removed.contains(index)) {
                kept.add(all.get(index));
            }
        }
        return present.restored(merged(all, lines, new LineAlignment(kept, lines), returning));
    }

    private String merged(List<String> all, List<String> lines, LineAlignment alignment, Set<Integer> returning) {
        var result = new StringBuilder();
        var position = 0;
        var keptBefore = 0;
        for (var index = 0; index < all.size(); index++) {
            if (!removed.contains(index)) {
                keptBefore++;
            } else if (returning.contains(index)) {
                var target = Math.max(position, alignment.position(keptBefore));
                lines.subList(position, target).forEach(result::append);
                position = target;
                result.append(all.get(index));
            }
        }
        lines.subList(position, lines.size()).forEach(result::append);
        return result.toString();
    }

    /** With their line breaks. */
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        var start = 0;
        while (start < text.length()) {
            var end = text.indexOf('\n', start) + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
