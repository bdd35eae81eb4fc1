package dev.auditpolicy.docs;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The API reference in Markdown: a section for each object of the schemas. */
final class ApiReference {

    private static final String INTRODUCTION = """
            # API reference

            Generated from `crds/` by `make api-reference`; do not edit. `kubectl explain auditpolicy.spec` has the same texts.

            A field in **bold** is required. An absent field has its default, or is not set.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private ApiReference() {}

    static String of(List<Path> crds) throws IOException {
        var reference = new ApiReference();
        for (var crd : crds) {
            reference.kind(new YAMLMapper().readTree(crd.toFile()).path("spec"));
        }
        return reference.page.toString();
    }

    private void kind(JsonNode definition) {
        var kind = definition.at("/names/kind").asText();
        for (var version : definition.path("versions")) {
            var schema = version.at("/schema/openAPIV3Schema");
            page.append("\n## %s\n\n`apiVersion: %s/%s`, `kind: %s`. %s\n"
                    .formatted(
                            kind,
                            definition.path("group").asText(),
                            version.path("name").asText(),
                            kind,
                            schema.path("description").asText()));
            rules(SchemaRules.of("", schema));
            schema.path("properties").properties().forEach(part -> object(kind + "." + part.getKey(), part.getValue()));
        }
    }

    /** A section for an object or for the items of a list, and then one for each object in it. */
    private void object(String path, JsonNode schema) {
        page.append("\n### ").append(path).append("\n\n");
        var description = schema.path("description").asText();
        if (!description.isEmpty()) {
            page.append(SchemaField.text(description)).append("\n\n");
        }
        page.append("| field | type | default | limits | description |\n| --- | --- | --- | --- | --- |\n");
        var fields = SchemaField.of(path, schema);
        fields.forEach(field -> page.append(field.row()).append('\n'));
        rules(Stream.concat(SchemaRules.of("", schema), fields.stream().flatMap(SchemaField::rules)));
        fields.stream().filter(SchemaField::isObject).forEach(field -> object(field.path(), field.element()));
    }

    private void rules(Stream<String> rules) {
        var items = rules.map(rule -> "- " + rule + "\n").collect(joining());
        if (!items.isEmpty()) {
            page.append("\nThe API server also checks:\n\n").append(items);
        }
    }
}
