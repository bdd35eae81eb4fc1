package dev.auditpolicy.policy.tree;

import dev.auditpolicy.policy.Quoted;

/** Shows a value in a message: on one line, strings quoted as Go quotes them, cut where it gets long. */
public final class Excerpt {

    /** Enough to recognise a value by; a list of thousands of users would bury the message. */
    private static final int MAX_CHARACTERS = 120;

    private Excerpt() {}

    public static String of(Tree tree) {
        StringBuilder json = new StringBuilder();
        append(tree, json);
        return json.length() <= MAX_CHARACTERS ? json.toString() : json.substring(0, MAX_CHARACTERS) + "…";
    }

    /** What kind of value it is, for "expected a list, found the string …". */
    public static String describe(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> "the string " + of(text);
            case Tree.Numeral number -> "the number " + of(number);
            case Tree.Bool bool -> "the boolean " + bool.value();
            case Tree.Null nothing -> "null";
            case Tree.Items items -> "the list " + of(items);
            case Tree.Fields fields -> "the object " + of(fields);
        };
    }

    private static void append(Tree tree, StringBuilder json) {
        switch (tree) {
            case Tree.Text text -> json.append(Quoted.go(text.value()));
            case Tree.Numeral number -> json.append(number.literal());
            case Tree.Bool bool -> json.append(bool.value());
            case Tree.Null nothing -> json.append("null");
            case Tree.Items items -> {
                String separator = "[";
                for (Tree item : items.items()) {
                    if (json.length() > MAX_CHARACTERS) {
                        return;
                    }
                    append(item, json.append(separator));
                    separator = ", ";
                }
                json.append(items.items().isEmpty() ? "[]" : "]");
            }
            case Tree.Fields fields -> {
                String separator = "{";
                for (Tree.Field field : fields.fields()) {
                    if (json.length() > MAX_CHARACTERS) {
                        return;
                    }
                    json.append(separator).append(Quoted.go(field.name())).append(": ");
                    append(field.value(), json);
                    separator = ", ";
                }
                json.append(fields.fields().isEmpty() ? "{}" : "}");
            }
        }
    }
}
