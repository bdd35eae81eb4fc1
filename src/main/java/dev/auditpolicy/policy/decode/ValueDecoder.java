package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes values as the expected types, like Go's decoder: null means absent. A value of another type becomes a finding
 * and counts as absent.
 */
final class ValueDecoder {

    private final List<DecodeFinding> findings = new ArrayList<>();

    /** The mismatches with the schema, in document order. */
    List<DecodeFinding> findings() {
        return List.copyOf(findings);
    }

    /** The fields of an object, including those that its type does not define: report these to {@link #unknownField}. */
    List<Tree.Field> fields(Tree tree, FieldPath path, ObjectType type) {
        return switch (tree) {
            case Tree.Fields object -> {
                addDuplicates(object, path, type);
                yield object.fields();
            }
            case Tree.Null _ -> List.of();
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _ -> {
                wrongType(path, tree, type.expected());
                yield List.of();
            }
        };
    }

    void unknownField(Tree.Field field, FieldPath path, ObjectType type) {
        findings.add(new DecodeFinding.UnknownField(path, field, type));
    }

    List<Tree> items(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Items list -> {
                addNulls(list, path);
                yield list.items();
            }
            case Tree.Null _ -> List.of();
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Fields _ -> {
                wrongType(path, tree, expected);
                yield List.of();
            }
        };
    }

    List<String> strings(Tree tree, FieldPath path, String goField, String goType) {
        ExpectedType list = ExpectedType.strings(goField, goType);
        ExpectedType string = ExpectedType.string(goField, goType);
        var strings = new ArrayList<String>();
        for (Tree item : items(tree, path, list)) {
            strings.add(string(item, path.index(strings.size()), string));
        }
        return strings;
    }

    String string(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Text text -> text.value();
            case Tree.Null _ -> "";
            case Tree.Numeral _, Tree.Bool _, Tree.Items _, Tree.Fields _ -> {
                wrongType(path, tree, expected);
                yield "";
            }
        };
    }

    /** The flag; null if it is absent. */
    @Nullable
    Boolean bool(Tree tree, FieldPath path, String goField) {
        return switch (tree) {
            case Tree.Bool bool -> bool.value();
            case Tree.Null _ -> null;
            case Tree.Text _, Tree.Numeral _, Tree.Items _, Tree.Fields _ -> {
                wrongType(path, tree, ExpectedType.bool(goField));
                yield null;
            }
        };
    }

    void wrongType(FieldPath path, Tree value, ExpectedType expected) {
        findings.add(new DecodeFinding.WrongType(path, value, expected));
    }

    private void addDuplicates(Tree.Fields object, FieldPath path, ObjectType type) {
        var names = new HashSet<String>();
        for (Tree.Field field : object.fields()) {
            if (type.fields().contains(field.name()) && !names.add(field.name())) {
                findings.add(new DecodeFinding.DuplicateField(path.field(field.name()), field));
            }
        }
    }

    private void addNulls(Tree.Items list, FieldPath path) {
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof Tree.Null element) {
                findings.add(new DecodeFinding.NullElement(path.index(i), element));
            }
        }
    }
}
