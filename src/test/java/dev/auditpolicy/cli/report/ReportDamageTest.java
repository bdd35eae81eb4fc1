package dev.auditpolicy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources of another release, or ones that somebody has edited: each value is damaged once. */
final class ReportDamageTest extends ReportTestCase {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(strings = {"absent", "null", "text", "number", "list"})
    void neverEndsTheCommand(String damage) {
        var pointers = pointers(well());
        assertThat(pointers).hasSizeGreaterThan(100);

        for (var pointer : pointers) {
            var list = well();
            damage(list, pointer, damage);

            var result = report(list, "cis", "stig", "nsa", "pci");

            assertThat(result.err()).as("%s at %s", damage, pointer).doesNotContain("Exception");
            assertThat(result.exitCode()).as("%s at %s", damage, pointer).isIn(0, 1, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "null", "text", "number", "list"})
    void neverProvesWhatWasNotProven(String damage) {
        for (var pointer : pointers(expired())) {
            var list = expired();
            damage(list, pointer, damage);

            var result = report(list, "cis", "stig", "nsa", "pci");

            // Some inputs are refused.
            assertThat(result.out()).as("%s at %s", damage, pointer).doesNotContain("\"pass\",");
        }
    }

    private static ObjectNode expired() {
        var list = well();
        nodes(list).forEach(node -> ((ObjectNode) status(node).path("proof")).put("provenAt", "2026-11-30T11:30:00Z"));
        return list;
    }

    private static List<JsonPointer> pointers(ObjectNode list) {
        var pointers = new ArrayList<JsonPointer>();
        // The other nodes are alike.
        collect(list.at("/items/0"), JsonPointer.compile("/items/0"), pointers);
        collect(list.at("/items/1"), JsonPointer.compile("/items/1"), pointers);
        return pointers;
    }

    private static void collect(JsonNode value, JsonPointer pointer, List<JsonPointer> pointers) {
        value.properties().forEach(field -> {
            var inner = pointer.appendProperty(field.getKey());
            pointers.add(inner);
            collect(field.getValue(), inner, pointers);
        });
        for (var index = 0; index < (value.isArray() ? value.size() : 0); index++) {
            collect(value.get(index), pointer.appendIndex(index), pointers);
        }
    }

    private static void damage(ObjectNode list, JsonPointer pointer, String damage) {
        var name = pointer.last().getMatchingProperty();
        var parent = list.at(pointer.head());
        if (parent instanceof ObjectNode object) {
            switch (damage) {
                case "absent" -> object.remove(name);
                case "null" -> object.putNull(name);
                case "text" -> object.put(name, "v0.1.2 \u0007<&>");
                case "number" -> object.put(name, -1);
                default -> object.set(name, JSON.arrayNode().add("x"));
            }
        } else {
            ((ArrayNode) parent).removeAll();
        }
    }
}
