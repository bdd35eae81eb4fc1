package dev.auditpolicy.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes valid audit events in every spelling that JSON allows: any order of keys, escapes, blanks, and bodies of any shape. */
final class RandomEvents {

    private static final List<String> LEVELS = List.of("None", "Metadata", "Request", "RequestResponse");
    private static final List<String> STAGES =
            List.of("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic");
    private static final String[] PIECES = {
        "a",
        "name",
        "/api/v1/pods",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\t",
        "é",
        "漢字",
        "😀",
        "\u0001",
        "\\\"",
        "requestURI",
        "}}",
        "12345678",
        "\u007f"
    };

    private final RandomGenerator random;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    RandomEvents(RandomGenerator random) {
        this.random = random;
    }

    /** An event as a tree. */
    ObjectNode next() {
        var event = nodes.objectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
        event.put("level", oneOf(LEVELS)).put("auditID", text()).put("stage", oneOf(STAGES));
        event.put("requestURI", text()).put("verb", text());
        sometimes(() -> event.set("user", user()));
        sometimes(() -> event.set("impersonatedUser", user()));
        sometimes(() -> event.put("userAgent", text()));
        sometimes(() -> event.set("objectRef", nodes.objectNode().put("resource", text())));
        sometimes(() -> event.set(
                "responseStatus", nodes.objectNode().put("message", text()).put("code", random.nextInt(600))));
        sometimes(() -> event.set("requestObject", value(4)));
        sometimes(() -> event.set("responseObject", value(7)));
        sometimes(() -> event.put("requestReceivedTimestamp", text()));
        sometimes(() -> event.put("stageTimestamp", text()));
        sometimes(() -> event.set("annotations", nodes.objectNode().put(text(), text())));
        sometimes(() -> event.set("x" + text(), value(3)));
        return event;
    }

    /** The event as one line of text, without its line feed. */
    String spelled(ObjectNode event) {
        return new Spelling(random).of(shuffled(event));
    }

    private ObjectNode shuffled(ObjectNode event) {
        List<String> keys = new ArrayList<>();
        event.fieldNames().forEachRemaining(keys::add);
        if (random.nextBoolean()) {
            Collections.shuffle(keys, java.util.Random.from(random));
        }
        ObjectNode shuffled = nodes.objectNode();
        keys.forEach(key -> shuffled.set(key, event.get(key)));
        return shuffled;
    }

    private JsonNode user() {
        ObjectNode user = nodes.objectNode();
        sometimes(() -> user.put("username", text()));
        sometimes(() -> user.put("uid", text()));
        sometimes(() -> {
            var groups = user.putArray("groups");
            for (int count = random.nextInt(4); count > 0; count--) {
                groups.add(text());
            }
        });
        sometimes(() -> user.set("extra", value(2)));
        return user;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> nodes.textNode(text());
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.numberNode(random.nextDouble() * 1e300);
            case 3 -> nodes.booleanNode(random.nextBoolean());
            case 4 -> nodes.nullNode();
            case 5 -> {
                var array = nodes.arrayNode();
                for (int count = random.nextInt(4); count > 0; count--) {
                    array.add(value(depth - 1));
                }
                yield array;
            }
            default -> {
                var object = nodes.objectNode();
                for (int count = random.nextInt(4); count > 0; count--) {
                    object.set(text(), value(depth - 1));
                }
                yield object;
            }
        };
    }

    private String text() {
        var text = new StringBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void sometimes(Runnable action) {
        if (random.nextInt(4) > 0) {
            action.run();
        }
    }
}
