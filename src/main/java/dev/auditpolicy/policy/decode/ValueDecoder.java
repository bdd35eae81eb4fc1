package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes values of a document for the types that they should have, as Go's decoder does: a null is an absent value. What
 * does not fit is kept as a finding and taken as absent.
 */
final class ValueDecoder {

    private final List<DecodeFinding> findings = new ArrayList<>();

    /** What did not fit, in the order of the document. */
    List<DecodeFinding> findings() {
        return List.copyOf(findings);
    }

    /** The fields of an object, also those that its type does not have, for which to call {@link #unknown}. */
    List<Tree.Field> fields(Tree tree, FieldPath path, ObjectType type) {
        return switch (tree) {
            case Tree.Fields object -> {
                findDuplicates(object, path, type);
                yield object.fields();
            }
            case Tree.Null _ -> List.of();
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _ ->
                wrong(path, tree, type.expected(), List.of());
        };
    }

    void unknown(Tree.Field field, FieldPath path, ObjectType type) {
        findings.add(new DecodeFinding.UnknownField(path, field, type));
    }

    List<Tree> items(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Items list -> {
                findNulls(list, path);
                yield list.items();
            }
            case Tree.Null _ -> List.of();
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Fields _ -> wrong(path, tree, expected, List.of());
        };
    }

    List<String> strings(Tree tree, FieldPath path, String goField, String goType) {
        ExpectedType list = new ExpectedType("a list of strings", goField, "[]" + goType);
        ExpectedType string = new ExpectedType("a string", goField, goType);
        List<String> strings = new ArrayList<>();
        for (Tree item : items(tree, path, list)) {
            strings.add(string(item, path.index(strings.size()), string));
        }
        return strings;
    }

    String string(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Text text -> text.value();
            case Tree.Null _ -> "";
            case Tree.Numeral _, Tree.Bool _, Tree.Items _, Tree.Fields _ -> wrong(path, tree, expected, "");
        };
    }

    /** The flag; null if it is absent. */
    Boolean bool(Tree tree, FieldPath path, String goField) {
        return switch (tree) {
            case Tree.Bool bool -> bool.value();
            case Tree.Null _ -> null;
            case Tree.Text _, Tree.Numeral _, Tree.Items _, Tree.Fields _ ->
                wrong(path, tree, new ExpectedType("true or false", goField, "bool"), null);
        };
    }

    <T> T wrong(FieldPath path, Tree value, ExpectedType expected, T instead) {
        findings.add(new DecodeFinding.WrongType(path, value, expected));
        return instead;
    }

    private void findDuplicates(Tree.Fields object, FieldPath path, ObjectType type) {
        Set<String> seen = new HashSet<>();
        for (Tree.Field field : object.fields()) {
            if (type.fields().contains(field.name()) && !seen.add(field.name())) {
                findings.add(new DecodeFinding.DuplicateField(path.field(field.name()), field));
            }
        }
    }

    private void findNulls(Tree.Items list, FieldPath path) {
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof Tree.Null nothing) {
                findings.add(new DecodeFinding.NullElement(path.index(i), nothing));
            }
        }
    }
}
