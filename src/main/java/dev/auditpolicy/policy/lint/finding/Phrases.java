package dev.auditpolicy.policy.lint.finding;

import java.util.Collection;
import java.util.List;

/** The parts of sentences that several findings share. */
public final class Phrases {

    /** More items than this make a sentence unreadable. */
    private static final int MAX_ITEMS = 5;

    private Phrases() {}

    /** {@code rules[1]}, or {@code rules[1] and rules[4]}. */
    public static String rules(Collection<Integer> rules) {
        return list(rules.stream().map(RulePaths::rule).toList());
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}, the first few of many. */
    public static String list(List<String> items) {
        if (items.size() > MAX_ITEMS + 1) {
            return String.join(", ", items.subList(0, MAX_ITEMS)) + " and " + (items.size() - MAX_ITEMS) + " more";
        }
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /** A verb in the number of its subjects. */
    public static String verb(Collection<?> subjects, String singular, String plural) {
        return subjects.size() == 1 ? singular : plural;
    }

    /** A fix that is a guess. */
    public static String didYouMean(String word) {
        return "did you mean " + quoted(word) + "?";
    }

    /** In quotes, also when empty. */
    public static String quoted(String word) {
        return '"' + word + '"';
    }
}
