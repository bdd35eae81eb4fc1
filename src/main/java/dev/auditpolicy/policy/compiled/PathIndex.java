package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.policy.evaluate.PathPattern;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rows accept the path of a non-resource request. All paths and prefixes that the rows name are sorted; each
 * knows the longest other one that is a prefix of it. For a request, the last of them that is not beyond its path has
 * every prefix of that path among itself and the chain of its prefixes, as whatever sorts between a prefix and the path
 * begins with that prefix too.
 */
final class PathIndex {

    private static final int NONE = -1;

    private final String[] texts;
    private final int[] longestPrefixes;
    private final int[] offsetsOfText;
    private final int[] offsetsBeyondText;
    private final int otherwise;

    /** Rows that name a text as it is, and those that name it followed by a wildcard. */
    private record Named(BitSet exactly, BitSet asPrefix) {
        Named() {
            this(new BitSet(), new BitSet());
        }
    }

    private PathIndex(BitSet acceptAll, SortedMap<String, Named> named, RowMasks masks) {
        texts = named.keySet().toArray(String[]::new);
        longestPrefixes = new int[texts.length];
        offsetsOfText = new int[texts.length];
        offsetsBeyondText = new int[texts.length];
        otherwise = masks.offsetOf(acceptAll);
        BitSet[] beyond = new BitSet[texts.length];
        Deque<Integer> open = new ArrayDeque<>();
        for (int index = 0; index < texts.length; index++) {
            while (!open.isEmpty() && !texts[index].startsWith(texts[open.peek()])) {
                open.pop();
            }
            longestPrefixes[index] = open.isEmpty() ? NONE : open.peek();
            beyond[index] = (BitSet) (open.isEmpty() ? acceptAll : beyond[open.peek()]).clone();
            beyond[index].or(named.get(texts[index]).asPrefix());
            BitSet here = (BitSet) beyond[index].clone();
            here.or(named.get(texts[index]).exactly());
            offsetsOfText[index] = masks.offsetOf(here);
            offsetsBeyondText[index] = masks.offsetOf(beyond[index]);
            open.push(index);
        }
    }

    static PathIndex of(List<Row> rows, RowMasks masks) {
        BitSet acceptAll = new BitSet();
        SortedMap<String, Named> named = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            acceptAll.set(row, rows.get(row).paths().everything());
            for (String path : rows.get(row).paths().values()) {
                name(path, row, named);
            }
        }
        return new PathIndex(acceptAll, named, masks);
    }

    private static void name(String path, int row, Map<String, Named> named) {
        PathPattern pattern = new PathPattern(path);
        Named rows = named.computeIfAbsent(pattern.start(), key -> new Named());
        (pattern.isOpen() ? rows.asPrefix() : rows.exactly()).set(row);
    }

    /** The rows that accept this path, as an offset of {@link RowMasks}. */
    int find(String path) {
        int found = Arrays.binarySearch(texts, path);
        if (found >= 0) {
            return offsetsOfText[found];
        }
        // What binarySearch gives is -(insertion point) - 1, and what sorts before stands one in front of that point.
        int index = -found - 2;
        while (index != NONE && !path.startsWith(texts[index])) {
            index = longestPrefixes[index];
        }
        return index == NONE ? otherwise : offsetsBeyondText[index];
    }
}
