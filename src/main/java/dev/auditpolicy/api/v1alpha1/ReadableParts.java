package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the fields of an {@link AuditNodeStatus} that this release understands. A field with a value of a newer release,
 * or one that the schema should have rejected, must not make the lists of the controller and of the other agents fail.
 */
final class ReadableParts extends JsonDeserializer<AuditNodeStatus> {

    private static final int MAX_REASON_LENGTH = 256;

    /** No decision depends on these. */
    private static final Set<String> INFORMATION =
            Set.of("log", "webhook", "plan", "conditions", "message", "observed");

    @Override
    public AuditNodeStatus deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var tree = context.readTree(parser);
        try {
            return context.readTreeAsValue(tree, AuditNodeStatus.class);
        } catch (JsonProcessingException unreadable) {
            return readableParts(tree, context);
        }
    }

    private static AuditNodeStatus readableParts(JsonNode tree, DeserializationContext context) throws IOException {
        var readable = context.getNodeFactory().objectNode();
        var unreadable = new ArrayList<String>();
        for (var field : tree.properties()) {
            var single = context.getNodeFactory().objectNode().<JsonNode>set(field.getKey(), field.getValue());
            try {
                context.readTreeAsValue(single, AuditNodeStatus.class);
                readable.set(field.getKey(), field.getValue());
            } catch (JsonProcessingException problem) {
                if (!INFORMATION.contains(field.getKey())) {
                    unreadable.add("status." + field.getKey() + ": " + problem.getOriginalMessage());
                }
            }
        }
        var status = context.readTreeAsValue(readable, AuditNodeStatus.class);
        return unreadable.isEmpty() ? status : pending(status, unreadable);
    }

    private static AuditNodeStatus pending(AuditNodeStatus status, List<String> unreadable) {
        var reason = Message.bounded(String.join("; ", unreadable), MAX_REASON_LENGTH);
        return new AuditNodeStatus(
                status.observedGeneration(),
                Phase.PENDING,
                status.revision(),
                status.activeTurnID(),
                status.lastTurn(),
                status.kubeAPIServer(),
                status.proof(),
                "this release cannot read all of what the agent reports (" + reason
                        + "): use the same release of the controller and of the agents",
                status.log(),
                status.conditions());
    }
}
