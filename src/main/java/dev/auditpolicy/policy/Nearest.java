package dev.auditpolicy.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelled one probably means. */
public final class Nearest {

    /** With more than two edits, a suggestion misleads more often than it helps. */
    private static final int MAX_EDITS = 2;

    /** One edit is allowed for every three letters: two edits turn a short word into a different one. */
    private static final int LETTERS_FOR_AN_EDIT = 3;

    /** Shorter names are contained in others by chance. */
    private static final int MIN_CONTAINED = 4;

    private Nearest() {}

    /** The most similar name, case-insensitive; empty if none is similar. */
    public static Optional<String> to(String written, List<String> names) {
        String lowerCase = written.toLowerCase(Locale.ROOT);
        return bySpelling(written, names).or(() -> names.stream()
                .filter(name -> contains(lowerCase, name.toLowerCase(Locale.ROOT)))
                .findFirst());
    }

    /** Like {@link #to}, but compares only the spelling: a name that contains the other one may mean something else. */
    public static Optional<String> bySpelling(String written, List<String> names) {
        String lowerCase = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(lowerCase, name.toLowerCase(Locale.ROOT))
                        <= Math.min(MAX_EDITS, lowerCase.length() / LETTERS_FOR_AN_EDIT))
                .min(Comparator.comparingInt(name -> distance(lowerCase, name.toLowerCase(Locale.ROOT))));
    }

    /** Like {@link #bySpelling}, but with at most that many edits, however short the name is. */
    public static Optional<String> within(int edits, String written, Collection<String> names) {
        String lowerCase = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(lowerCase, name.toLowerCase(Locale.ROOT)) <= Math.min(MAX_EDITS, edits))
                .min(Comparator.comparingInt((String name) -> distance(lowerCase, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean contains(String first, String second) {
        return (first.length() >= MIN_CONTAINED && second.contains(first))
                || (second.length() >= MIN_CONTAINED && first.contains(second));
    }

    /**
     * The edit distance, with a swap of two adjacent letters counted as one edit; capped at {@value #MAX_EDITS} plus
     * one.
     */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > MAX_EDITS) {
            return MAX_EDITS + 1;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                edits[row][column] = row == 0 || column == 0 ? row + column : minimum(edits, from, to, row, column);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int minimum(int[][] edits, String from, String to, int row, int column) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        boolean swapped = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        int minimum = Math.min(
                edits[row - 1][column - 1] + (same ? 0 : 1),
                Math.min(edits[row - 1][column], edits[row][column - 1]) + 1);
        return swapped ? Math.min(minimum, edits[row - 2][column - 2] + 1) : minimum;
    }
}
