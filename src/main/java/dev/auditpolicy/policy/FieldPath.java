package dev.auditpolicy.policy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The path of a field in a document, as Kubernetes writes it: {@code rules[0].resources[1].group}. */
public record FieldPath(String text) {

    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+|\\[\\d+\\]");

    public static final FieldPath ROOT = new FieldPath("");

    public FieldPath field(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    public FieldPath index(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** The names and indexes of the path, each index in brackets. */
    public List<String> steps() {
        return STEP.matcher(text).results().map(MatchResult::group).toList();
    }

    /** This path and its parents, innermost first. */
    public Stream<FieldPath> selfAndParents() {
        return Stream.iterate(this, path -> !path.text.isEmpty(), FieldPath::parent);
    }

    private FieldPath parent() {
        return new FieldPath(text.substring(0, Math.max(0, Math.max(text.lastIndexOf('.'), text.lastIndexOf('[')))));
    }

    @Override
    public String toString() {
        return text;
    }
}
