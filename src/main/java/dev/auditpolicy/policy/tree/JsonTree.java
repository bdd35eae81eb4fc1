package dev.auditpolicy.policy.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts Jackson's tree. */
public final class JsonTree {

    private JsonTree() {}

    /** Converts a node; a missing node and a Java null become {@link Tree.Null}. */
    public static Tree of(@Nullable JsonNode node) {
        if (node == null) {
            return new Tree.Null(Position.UNKNOWN);
        }
        return switch (node.getNodeType()) {
            case STRING -> new Tree.Text(node.textValue(), Position.UNKNOWN);
            case NUMBER -> new Tree.Numeral(node.asText(), Position.UNKNOWN);
            case BOOLEAN -> new Tree.Bool(node.booleanValue(), Position.UNKNOWN);
            case NULL, MISSING -> new Tree.Null(Position.UNKNOWN);
            case ARRAY -> new Tree.Items(node.valueStream().map(JsonTree::of).toList(), Position.UNKNOWN);
            case OBJECT -> new Tree.Fields(fields(node), Position.UNKNOWN);
            case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        };
    }

    private static List<Tree.Field> fields(JsonNode node) {
        return node.propertyStream()
                .map(field -> new Tree.Field(field.getKey(), of(field.getValue()), Position.UNKNOWN))
                .toList();
    }

    /** The reverse, without positions. */
    public static JsonNode toJson(Tree tree) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (tree) {
            case Tree.Text text -> nodes.textNode(text.value());
            case Tree.Numeral number -> nodes.numberNode(new BigDecimal(number.literal()));
            case Tree.Bool bool -> nodes.booleanNode(bool.value());
            case Tree.Null _ -> nodes.nullNode();
            case Tree.Items items -> {
                ArrayNode array = nodes.arrayNode();
                items.items().forEach(item -> array.add(toJson(item)));
                yield array;
            }
            case Tree.Fields fields -> {
                ObjectNode object = nodes.objectNode();
                fields.fields().forEach(field -> object.set(field.name(), toJson(field.value())));
                yield object;
            }
        };
    }
}
