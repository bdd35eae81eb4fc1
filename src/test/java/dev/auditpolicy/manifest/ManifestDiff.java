package dev.auditpolicy.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two texts: only removed and added lines, each group under the number of its
 * first line in the new text. Unchanged lines are not shown, since in a manifest they may hold a secret.
 */
final class ManifestDiff {

    /** Beyond this product of line counts (a manifest has some 150) nothing is compared: the table would take 64 MB. */
    private static final long LARGEST_TABLE = 16_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> lines = new ArrayList<>();
    private boolean inGroup;

    private ManifestDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** The lines of the difference, without line breaks; empty if the texts are equal but for line breaks. */
    static List<String> between(String before, String after) {
        var diff = new ManifestDiff(before.lines().toList(), after.lines().toList());
        if ((long) diff.before.size() * diff.after.size() > LARGEST_TABLE) {
            return List.of(diff.before.size() + " lines became " + diff.after.size());
        }
        diff.compare();
        return List.copyOf(diff.lines);
    }

    private void compare() {
        var common = commonLines();
        var old = 0;
        var current = 0;
        while (old < before.size() || current < after.size()) {
            if (isSame(old, current)) {
                old++;
                current++;
                inGroup = false;
            } else if (current == after.size()
                    || (old < before.size() && common[old + 1][current] >= common[old][current + 1])) {
                add(current, "-" + before.get(old++));
            } else {
                add(current, "+" + after.get(current++));
            }
        }
    }

    private void add(int line, String text) {
        if (!inGroup) {
            lines.add("@@ line " + (line + 1) + " @@");
            inGroup = true;
        }
        lines.add(text);
    }

    private boolean isSame(int old, int current) {
        return old < before.size() && current < after.size() && before.get(old).equals(after.get(current));
    }

    /** At [i][j] how many lines the rests of both texts from i and j on have in common, in order. */
    private int[][] commonLines() {
        var common = new int[before.size() + 1][after.size() + 1];
        for (var old = before.size() - 1; old >= 0; old--) {
            for (var current = after.size() - 1; current >= 0; current--) {
                common[old][current] = isSame(old, current)
                        ? common[old + 1][current + 1] + 1
                        : Math.max(common[old + 1][current], common[old][current + 1]);
            }
        }
        return common;
    }
}
