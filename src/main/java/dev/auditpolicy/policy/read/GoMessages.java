package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.decode.DecodeFinding;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The messages of upstream's loader. */
final class GoMessages {

    /** Upstream reports no more than this. */
    private static final int MAX_STRICT_ERRORS = 100;

    private GoMessages() {}

    /** The type of a value in an error of {@code encoding/json}. */
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

    /** Joins violations as upstream does: without duplicates, and the loader's only if validation succeeds. */
    static String aggregate(List<Violation> violations) {
        List<Violation> byValidation = violations.stream()
                .filter(violation -> violation.source() == Violation.Source.VALIDATION)
                .toList();
        List<String> messages = (byValidation.isEmpty() ? violations : byValidation)
                .stream().map(Violation::upstreamMessage).distinct().toList();
        return messages.size() == 1 ? messages.getFirst() : "[" + String.join(", ", messages) + "]";
    }

    /** The error of the strict decoder; empty if there is none. */
    static String strict(List<DuplicateKey> duplicates, List<DecodeFinding> findings) {
        var errors = new ArrayList<String>();
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
