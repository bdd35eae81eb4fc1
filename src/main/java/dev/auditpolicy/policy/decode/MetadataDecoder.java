package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import java.util.List;
import java.util.regex.Pattern;

/** Checks metadata against the schema of ObjectMeta: kube-apiserver ignores the values but rejects wrong types. */
final class MetadataDecoder {

    static final List<String> FIELDS = List.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields");

    private static final List<String> OWNER_FIELDS =
            List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");

    private static final List<String> MANAGED_FIELDS =
            List.of("manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource");

    /** RFC 3339; Go also accepts a comma before the fraction of a second. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)");

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");

    private final ValueDecoder decoder;

    MetadataDecoder(ValueDecoder decoder) {
        this.decoder = decoder;
    }

    void decode(Tree tree, FieldPath path) {
        ExpectedType expected = ExpectedType.other("an object with metadata", "Policy.metadata", "v1.ObjectMeta");
        ObjectType type = new ObjectType(expected, FIELDS, List.of());
        for (Tree.Field field : decoder.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "ObjectMeta.metadata." + field.name();
            switch (field.name()) {
                case "name", "generateName", "namespace", "selfLink", "resourceVersion" ->
                    string(value, at, goField, "string");
                case "uid" -> string(value, at, goField, "types.UID");
                case "generation", "deletionGracePeriodSeconds" -> integer(value, at, goField);
                case "creationTimestamp", "deletionTimestamp" -> time(value, at, goField);
                case "labels", "annotations" -> stringMap(value, at, goField);
                case "finalizers" -> decoder.strings(value, at, goField, "string");
                case "ownerReferences" -> ownerReferences(value, at, goField);
                case "managedFields" -> managedFields(value, at, goField);
                default -> decoder.unknownField(field, at, type);
            }
        }
    }

    private void ownerReferences(Tree tree, FieldPath path, String goField) {
        ExpectedType list = ExpectedType.objects("a list of objects", goField, "v1.OwnerReference");
        ObjectType type =
                new ObjectType(ExpectedType.other("an object", goField, "v1.OwnerReference"), OWNER_FIELDS, List.of());
        int index = 0;
        for (Tree item : decoder.items(tree, path, list)) {
            FieldPath element = path.index(index++);
            for (Tree.Field field : decoder.fields(item, element, type)) {
                FieldPath at = element.field(field.name());
                String goName = "OwnerReference.metadata.ownerReferences." + field.name();
                switch (field.name()) {
                    case "apiVersion", "kind", "name" -> string(field.value(), at, goName, "string");
                    case "uid" -> string(field.value(), at, goName, "types.UID");
                    case "controller", "blockOwnerDeletion" -> decoder.bool(field.value(), at, goName);
                    default -> decoder.unknownField(field, at, type);
                }
            }
        }
    }

    private void managedFields(Tree tree, FieldPath path, String goField) {
        ExpectedType list = ExpectedType.objects("a list of objects", goField, "v1.ManagedFieldsEntry");
        ObjectType type = new ObjectType(
                ExpectedType.other("an object", goField, "v1.ManagedFieldsEntry"), MANAGED_FIELDS, List.of());
        int index = 0;
        for (Tree item : decoder.items(tree, path, list)) {
            FieldPath element = path.index(index++);
            for (Tree.Field field : decoder.fields(item, element, type)) {
                FieldPath at = element.field(field.name());
                String goName = "ManagedFieldsEntry.metadata.managedFields." + field.name();
                switch (field.name()) {
                    case "manager", "apiVersion", "fieldsType", "subresource" ->
                        string(field.value(), at, goName, "string");
                    case "operation" -> string(field.value(), at, goName, "v1.ManagedFieldsOperationType");
                    case "time" -> time(field.value(), at, goName);
                    case "fieldsV1" -> {
                        // Upstream keeps any value as raw bytes.
                    }
                    default -> decoder.unknownField(field, at, type);
                }
            }
        }
    }

    private void string(Tree tree, FieldPath path, String goField, String goType) {
        decoder.string(tree, path, ExpectedType.string(goField, goType));
    }

    private void stringMap(Tree tree, FieldPath path, String goField) {
        switch (tree) {
            case Tree.Fields object ->
                object.fields().forEach(field -> string(field.value(), path.field(field.name()), goField, "string"));
            case Tree.Null _ -> {
                // Absent.
            }
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _ ->
                decoder.wrongType(path, tree, ExpectedType.other("an object of strings", goField, "map[string]string"));
        }
    }

    private void integer(Tree tree, FieldPath path, String goField) {
        boolean fits = tree instanceof Tree.Null
                || (tree instanceof Tree.Numeral number
                        && INTEGER.matcher(number.literal()).matches());
        if (!fits) {
            decoder.wrongType(path, tree, ExpectedType.other("an integer", goField, "int64"));
        }
    }

    private void time(Tree tree, FieldPath path, String goField) {
        boolean fits = tree instanceof Tree.Null
                || (tree instanceof Tree.Text text && TIME.matcher(text.value()).matches());
        if (!fits) {
            decoder.wrongType(
                    path, tree, ExpectedType.other("a time such as 2026-01-31T12:00:00Z", goField, "v1.Time"));
        }
    }
}
