package dev.auditpolicy.policy.lint.finding;

import java.util.Collection;
import java.util.List;

/** Puts lists into sentences. */
public final class Words {

    /** With more, the sentence is not read. */
    private static final int MOST = 5;

    private Words() {}

    /** {@code rules[1]}, or {@code rules[1] and rules[4]}. */
    public static String rules(Collection<Integer> rules) {
        return list(rules.stream().map(Place::rule).toList());
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}, the first few of many. */
    public static String list(List<String> words) {
        if (words.size() > MOST + 1) {
            return String.join(", ", words.subList(0, MOST)) + " and " + (words.size() - MOST) + " more";
        }
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /** The ending of a verb whose subject is one thing. */
    public static String s(Collection<?> subjects) {
        return subjects.size() == 1 ? "s" : "";
    }

    /** The same after a hissing sound. */
    public static String es(Collection<?> subjects) {
        return subjects.size() == 1 ? "es" : "";
    }

    /** A way out that is a guess. */
    public static String didYouMean(String word) {
        return "did you mean " + quoted(word) + "?";
    }

    /** In quotes; an empty one too. */
    public static String quoted(String word) {
        return '"' + word + '"';
    }
}
