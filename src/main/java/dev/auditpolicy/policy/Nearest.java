package dev.auditpolicy.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody who wrote another probably meant. */
public final class Nearest {

    /** Two slips of the finger; with more, a guess misleads more often than it helps. */
    private static final int MAX_EDITS = 2;

    /** Names shorter than this are contained in others by chance. */
    private static final int MIN_CONTAINED = 4;

    private Nearest() {}

    /** The nearest of the names, compared without regard to case; empty if none is near. */
    public static Optional<String> to(String written, List<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= MAX_EDITS)
                .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))))
                .or(() -> names.stream()
                        .filter(name -> contains(wanted, name.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    private static boolean contains(String one, String other) {
        return (one.length() >= MIN_CONTAINED && other.contains(one))
                || (other.length() >= MIN_CONTAINED && one.contains(other));
    }

    /** Insertions, deletions and replacements that turn one into the other, at most {@value #MAX_EDITS} plus one. */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > MAX_EDITS) {
            return MAX_EDITS + 1;
        }
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[to.length()];
    }
}
