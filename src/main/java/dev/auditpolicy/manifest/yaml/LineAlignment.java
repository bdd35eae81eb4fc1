package dev.auditpolicy.manifest.yaml;

import java.util.Arrays;
import java.util.List;

/** Which lines of one text are those of another: a longest common subsequence. */
final class LineAlignment {

    private static final int NONE = -1;

    private final int[] matches;

    LineAlignment(List<String> from, List<String> to) {
        matches = new int[from.size()];
        Arrays.fill(matches, NONE);
        var prefix = 0;
        while (prefix < from.size() && prefix < to.size() && from.get(prefix).equals(to.get(prefix))) {
            matches[prefix] = prefix;
            prefix++;
        }
        var suffix = 0;
        while (suffix < from.size() - prefix
                && suffix < to.size() - prefix
                && from.get(from.size() - 1 - suffix).equals(to.get(to.size() - 1 - suffix))) {
            matches[from.size() - 1 - suffix] = to.size() - 1 - suffix;
            suffix++;
        }
        align(from.subList(prefix, from.size() - suffix), to.subList(prefix, to.size() - suffix), prefix);
    }

    private void align(List<String> from, List<String> to, int offset) {
        var lengths = new int[from.size() + 1][to.size() + 1];
        for (var i = from.size() - 1; i >= 0; i--) {
            for (var j = to.size() - 1; j >= 0; j--) {
                lengths[i][j] = from.get(i).equals(to.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        for (int i = 0, j = 0; i < from.size() && j < to.size(); ) {
            if (from.get(i).equals(to.get(j))) {
                matches[offset + i++] = offset + j++;
            } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    /** Where in the other text something belongs that stood before line {@code index}. */
    int position(int index) {
        if (index < matches.length && matches[index] != NONE) {
            return matches[index];
        }
        for (var before = index - 1; before >= 0; before--) {
            if (matches[before] != NONE) {
                return matches[before] + 1;
            }
        }
        return 0;
    }
}
