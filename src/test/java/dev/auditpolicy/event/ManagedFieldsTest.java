package dev.auditpolicy.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ManagedFieldsTest {

    private final Random random = new Random(3);
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    @Test
    void measuresWhatKubeApiserverLeavesOut() throws Exception {
        for (int count = 0; count < 2000; count++) {
            ObjectNode body = body();
            ObjectNode reduced = body.deepCopy();
            reduce(reduced);

            assertThat(measured(body)).as(body.toString()).isEqualTo(length(body) - length(reduced));
        }
    }

    @Test
    void leavesManagedFieldsElsewhereAlone() throws Exception {
        var body = new ObjectMapper()
                .readTree("{\"managedFields\":[1],\"spec\":{\"metadata\":{\"managedFields\":[1]}},"
                        + "\"items\":[{\"items\":[{\"metadata\":{\"managedFields\":[1]}}]}]}");

        assertThat(measured((ObjectNode) body)).isZero();
    }

    private ObjectNode body() {
        return switch (random.nextInt(3)) {
            case 0 -> object();
            case 1 -> object().set("items", array(false));
            default -> object().set("rows", array(true));
        };
    }

    private ArrayNode array(boolean ofRows) {
        ArrayNode array = nodes.arrayNode();
        for (int count = random.nextInt(4); count > 0; count--) {
            array.add(ofRows ? nodes.objectNode().put("cells", 1).set("object", object()) : object());
        }
        return array;
    }

    private ObjectNode object() {
        ObjectNode object = nodes.objectNode();
        if (random.nextBoolean()) {
            object.put("kind", "Pod}");
        }
        if (random.nextInt(4) > 0) {
            ObjectNode metadata = object.putObject("metadata");
            if (random.nextBoolean()) {
                metadata.put("name", "one");
            }
            if (random.nextInt(4) > 0) {
                metadata.putArray("managedFields").addObject().put("manager", "kubectl");
            }
            if (random.nextBoolean()) {
                metadata.put("uid", "\"managedFields\"");
            }
        }
        return object.put("status", "x".repeat(random.nextInt(9)));
    }

    private static void reduce(ObjectNode body) {
        withoutManagedFields(body);
        body.path("items").forEach(item -> withoutManagedFields((ObjectNode) item));
        body.path("rows").forEach(row -> withoutManagedFields((ObjectNode) row.path("object")));
    }

    private static void withoutManagedFields(ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
    }

    private static int length(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static int measured(ObjectNode body) throws MalformedEventException {
        String line =
                "{\"level\":\"RequestResponse\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api\",\"responseObject\":"
                        + body + "}\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(bytes, bytes.length + EventParser.SLACK);
        AuditEvent event = new EventParser().parse(block, 0);
        return ManagedFields.length(block, event.responseObject());
    }
}
