package dev.auditpolicy.policy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where a value stands in a document, written as Kubernetes writes it: {@code rules[0].resources[1].group}. */
record FieldPath(String text) {

    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+|\\[\\d+\\]");

    static final FieldPath ROOT = new FieldPath("");

    FieldPath field(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    FieldPath index(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** The names and indexes on the way to it, an index in brackets. */
    List<String> steps() {
        return STEP.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Whether this is that place or one inside of it. */
    boolean isWithin(FieldPath place) {
        return place.text.isEmpty()
                || text.equals(place.text)
                || text.startsWith(place.text + ".")
                || text.startsWith(place.text + "[");
    }

    @Override
    public String toString() {
        return text;
    }
}
