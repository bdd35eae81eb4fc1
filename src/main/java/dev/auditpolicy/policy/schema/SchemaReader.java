package dev.auditpolicy.policy.schema;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the schema of a CustomResourceDefinition. */
final class SchemaReader {

    private static final String RESOURCE = "auditpolicies.auditpolicy.dev-v1.yml";
    private static final FieldPath SCHEMA = new FieldPath("spec.versions[0].schema.openAPIV3Schema");

    private SchemaReader() {}

    /** The schema of AuditPolicies, from the file that {@code kubectl apply} installs. */
    static Schema ofAuditPolicy() {
        try (InputStream stream = SchemaReader.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the class path does not contain " + RESOURCE);
            }
            return schema(Document.read(stream.readAllBytes()).value(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    private static Schema schema(Tree tree) {
        return new Schema(
                Schema.Type.valueOf(text(tree, "type").orElseThrow().toUpperCase(Locale.ROOT)),
                text(tree, "description").orElse(""),
                properties(tree),
                texts(tree, "required"),
                tree.field("items").map(SchemaReader::schema),
                texts(tree, "enum"),
                limits(tree),
                items(tree, "x-kubernetes-validations").stream()
                        .map(SchemaReader::rule)
                        .toList());
    }

    private static Map<String, Schema> properties(Tree tree) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        tree.field("properties")
                .map(value -> ((Tree.Fields) value).fields())
                .orElse(List.of())
                .forEach(field -> properties.put(field.name(), schema(field.value())));
        return properties;
    }

    private static SchemaRule rule(Tree tree) {
        return new SchemaRule(
                text(tree, "rule").orElseThrow(),
                text(tree, "message").orElse(""),
                text(tree, "fieldPath").orElse(""));
    }

    private static Schema.Limits limits(Tree tree) {
        return new Schema.Limits(
                number(tree, "minimum"),
                number(tree, "maximum"),
                number(tree, "minLength").or(() -> number(tree, "minItems")).map(BigDecimal::intValueExact),
                number(tree, "maxLength").or(() -> number(tree, "maxItems")).map(BigDecimal::intValueExact),
                text(tree, "pattern"));
    }

    private static Optional<BigDecimal> number(Tree tree, String name) {
        return tree.field(name).map(value -> new BigDecimal(((Tree.Numeral) value).literal()).stripTrailingZeros());
    }

    private static List<Tree> items(Tree tree, String name) {
        return tree.field(name).map(value -> ((Tree.Items) value).items()).orElse(List.of());
    }

    private static List<String> texts(Tree tree, String name) {
        return items(tree, name).stream()
                .map(value -> ((Tree.Text) value).value())
                .toList();
    }

    private static Optional<String> text(Tree tree, String name) {
        return tree.field(name).map(value -> ((Tree.Text) value).value());
    }
}
