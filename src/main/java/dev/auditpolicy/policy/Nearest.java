package dev.auditpolicy.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody who wrote another probably meant. */
public final class Nearest {

    /** Two slips of the finger; with more, a guess misleads more often than it helps. */
    private static final int MAX_EDITS = 2;

    /** Of three letters, two that differ make another word. */
    private static final int LETTERS_FOR_AN_EDIT = 3;

    /** Names shorter than this are contained in others by chance. */
    private static final int MIN_CONTAINED = 4;

    private Nearest() {}

    /** The nearest of the names, compared without regard to case; empty if none is near. */
    public static Optional<String> to(String written, List<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        return bySpelling(written, names).or(() -> names.stream()
                .filter(name -> contains(wanted, name.toLowerCase(Locale.ROOT)))
                .findFirst());
    }

    /** The same, but only a name that is spelt nearly like it: one that contains it may be another thing. */
    public static Optional<String> bySpelling(String written, List<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT))
                        <= Math.min(MAX_EDITS, wanted.length() / LETTERS_FOR_AN_EDIT))
                .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))));
    }

    private static boolean contains(String one, String other) {
        return (one.length() >= MIN_CONTAINED && other.contains(one))
                || (other.length() >= MIN_CONTAINED && one.contains(other));
    }

    /**
     * Insertions, deletions, replacements and swaps of neighbours that turn one into the other, at most
     * {@value #MAX_EDITS} plus one.
     */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > MAX_EDITS) {
            return MAX_EDITS + 1;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                edits[row][column] = row == 0 || column == 0 ? row + column : least(edits, from, to, row, column);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int least(int[][] edits, String from, String to, int row, int column) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        boolean swapped = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        int least = Math.min(
                edits[row - 1][column - 1] + (same ? 0 : 1),
                Math.min(edits[row - 1][column], edits[row][column - 1]) + 1);
        return swapped ? Math.min(least, edits[row - 2][column - 2] + 1) : least;
    }
}
