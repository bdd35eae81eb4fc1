package dev.auditpolicy.policy.tree;

import dev.auditpolicy.policy.Quoted;

/** Formats a value for a message: on one line, strings quoted as in Go, truncated. */
public final class Excerpt {

    /** Enough to recognise a value; a list of thousands of users would hide the message. */
    private static final int MAX_CHARACTERS = 120;

    private Excerpt() {}

    public static String of(Tree tree) {
        var json = new StringBuilder();
        append(tree, json);
        return json.length() <= MAX_CHARACTERS ? json.toString() : json.substring(0, MAX_CHARACTERS) + "…";
    }

    /** The type and the value, such as {@code the string "a"}. */
    public static String describe(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> "the string " + of(text);
            case Tree.Numeral number -> "the number " + of(number);
            case Tree.Bool bool -> "the boolean " + bool.value();
            case Tree.Null _ -> "null";
            case Tree.Items items -> "the list " + of(items);
            case Tree.Fields fields -> "the object " + of(fields);
        };
    }

    private static void append(Tree tree, StringBuilder json) {
        switch (tree) {
            case Tree.Text text -> json.append(Quoted.go(text.value()));
            case Tree.Numeral number -> json.append(number.literal());
            case Tree.Bool bool -> json.append(bool.value());
            case Tree.Null _ -> json.append("null");
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
