package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.policy.evaluate.PathPattern;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the rows that accept the path of a non-resource request. The index sorts all paths and prefixes that the rows name,
 * and links each to its longest proper prefix among them. For a request, it finds the last entry that does not sort after
 * the path. All prefixes of the path are that entry and its chain of prefixes, because every text that sorts between a
 * prefix and the path begins with the prefix too.
 */
final class PathIndex {

    private static final int NONE = -1;

    private final String[] texts;
    private final int[] longestPrefixes;
    private final int[] offsetsOfText;
    private final int[] offsetsOfPrefix;
    private final int unnamed;

    /** The rows that name a text exactly, and those that name it as the prefix before a wildcard. */
    private record Named(BitSet exact, BitSet prefix) {
        Named() {
            this(new BitSet(), new BitSet());
        }
    }

    private PathIndex(BitSet acceptAll, SortedMap<String, Named> named, RowMasks masks) {
        texts = named.keySet().toArray(String[]::new);
        longestPrefixes = new int[texts.length];
        offsetsOfText = new int[texts.length];
        offsetsOfPrefix = new int[texts.length];
        unnamed = masks.offsetOf(acceptAll);
        var byPrefix = new BitSet[texts.length];
        var openPrefixes = new ArrayDeque<Integer>();
        int index = 0;
        for (Named rows : named.values()) {
            while (!openPrefixes.isEmpty() && !texts[index].startsWith(texts[openPrefixes.getFirst()])) {
                openPrefixes.pop();
            }
            longestPrefixes[index] = openPrefixes.isEmpty() ? NONE : openPrefixes.getFirst();
            BitSet inherited = openPrefixes.isEmpty() ? acceptAll : byPrefix[openPrefixes.getFirst()];
            byPrefix[index] = (BitSet) inherited.clone();
            byPrefix[index].or(rows.prefix());
            BitSet exact = (BitSet) byPrefix[index].clone();
            exact.or(rows.exact());
            offsetsOfText[index] = masks.offsetOf(exact);
            offsetsOfPrefix[index] = masks.offsetOf(byPrefix[index]);
            openPrefixes.push(index);
            index++;
        }
    }

    static PathIndex of(List<Row> rows, RowMasks masks) {
        var acceptAll = new BitSet();
        var named = new TreeMap<String, Named>();
        for (int row = 0; row < rows.size(); row++) {
            acceptAll.set(row, rows.get(row).paths().everything());
            for (String path : rows.get(row).paths().values()) {
                name(path, row, named);
            }
        }
        return new PathIndex(acceptAll, named, masks);
    }

    private static void name(String path, int row, Map<String, Named> named) {
        var pattern = new PathPattern(path);
        Named rows = named.computeIfAbsent(pattern.prefix(), _ -> new Named());
        (pattern.isPrefix() ? rows.prefix() : rows.exact()).set(row);
    }

    /** The rows that accept a path, as an offset in {@link RowMasks}. */
    int find(String path) {
        int found = Arrays.binarySearch(texts, path);
        if (found >= 0) {
            return offsetsOfText[found];
        }
        // binarySearch returns -(insertion point) - 1; the preceding entry is one before the insertion point.
        int index = -found - 2;
        while (index != NONE && !path.startsWith(texts[index])) {
            index = longestPrefixes[index];
        }
        return index == NONE ? unnamed : offsetsOfPrefix[index];
    }
}
