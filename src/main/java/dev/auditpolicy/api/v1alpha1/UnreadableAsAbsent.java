package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spec that contains a value of a newer release as absent. Otherwise, a release that was rolled back could not
 * read the object, nor any list that contains it. An AuditNode remembers that it has one.
 */
abstract class UnreadableAsAbsent<T> extends JsonDeserializer<T> {

    private final Class<T> type;

    private UnreadableAsAbsent(Class<T> type) {
        this.type = type;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var owner = parser.getParsingContext().getParent();
        var tree = context.readTree(parser);
        try {
            return context.readTreeAsValue(tree, type);
        } catch (JsonProcessingException unreadable) {
            if (owner != null && owner.getCurrentValue() instanceof AuditNode node) {
                node.specIsUnreadable();
            }
            return null;
        }
    }

    /** The spec of an AuditPolicy. */
    static final class OfAuditPolicy extends UnreadableAsAbsent<AuditPolicySpec> {
        OfAuditPolicy() {
            super(AuditPolicySpec.class);
        }
    }

    /** The spec of an AuditNode. */
    static final class OfAuditNode extends UnreadableAsAbsent<AuditNodeSpec> {
        OfAuditNode() {
            super(AuditNodeSpec.class);
        }
    }
}
