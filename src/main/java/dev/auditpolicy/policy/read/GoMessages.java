package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.validate.PolicyValidation;
import dev.auditpolicy.policy.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words of upstream's loader. */
final class GoMessages {

    /** Upstream stops counting there. */
    private static final int MAX_STRICT_ERRORS = 100;

    private GoMessages() {}

    /** What {@code encoding/json} calls a value in an error. */
    static String kind(Tree tree) {
        return switch (tree) {
            case Tree.Text _ -> "string";
            case Tree.Numeral _ -> "number";
            case Tree.Bool _ -> "bool";
            case Tree.Null _ -> "null";
            case Tree.Items _ -> "array";
            case Tree.Fields _ -> "object";
        };
    }

    static String wrongType(DecodeFinding.WrongType wrong) {
        return "json: cannot unmarshal " + kind(wrong.value()) + " into Go struct field "
                + wrong.expected().goField() + " of type " + wrong.expected().goType();
    }

    /** Several validation errors are one message; of equal ones only the first shows, and no rules only by itself. */
    static String aggregate(List<Violation> violations) {
        List<String> messages =
                violations.stream().map(Violation::upstream).distinct().toList();
        List<String> shown = messages.size() == 1
                ? messages
                : messages.stream()
                        .filter(message -> !message.equals(PolicyValidation.NO_RULES))
                        .toList();
        return shown.size() == 1 ? shown.getFirst() : "[" + String.join(", ", shown) + "]";
    }

    /** The strict decoder's complaint; empty if it has none. */
    static String strict(List<DuplicateKey> duplicates, List<DecodeFinding> findings) {
        List<String> errors = new ArrayList<>();
        if (!duplicates.isEmpty()) {
            errors.add(duplicates.stream()
                    .map(duplicate -> "\n  line " + duplicate.value().line() + ": key " + Quoted.go(duplicate.name())
                            + " already set in map")
                    .collect(Collectors.joining("", "yaml: unmarshal errors:", "")));
        }
        findings.stream()
                .map(GoMessages::strict)
                .filter(error -> !error.isEmpty())
                .distinct()
                .limit(MAX_STRICT_ERRORS)
                .forEach(errors::add);
        return errors.isEmpty() ? "" : "strict decoding error: " + String.join(", ", errors);
    }

    private static String strict(DecodeFinding finding) {
        return switch (finding) {
            case DecodeFinding.UnknownField unknown ->
                "unknown field " + Quoted.go(unknown.path().text());
            case DecodeFinding.DuplicateField duplicate ->
                "duplicate field " + Quoted.go(duplicate.path().text());
            case DecodeFinding.WrongType _, DecodeFinding.NullElement _ -> "";
        };
    }
}
