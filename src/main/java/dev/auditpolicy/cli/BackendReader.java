package dev.auditpolicy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.tree.Tree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the backends of AuditPolicies that were compared with the schema. Kept apart because Jackson takes 10 MB of memory,
 * which policy files do not need.
 */
final class BackendReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BackendReader() {}

    /** Reads what {@link Backends} has of an object. */
    static Backends read(Tree auditPolicy) {
        Optional<Tree> spec = auditPolicy.field("spec");
        return new Backends(
                read(spec, "log", LogBackend.class), read(spec, "webhook", WebhookBackend.class), drainSeconds(spec));
    }

    /** Other problems of the rollout are reported, and do not keep the backends from being checked. */
    private static @Nullable Integer drainSeconds(Optional<Tree> spec) {
        Optional<Tree> value =
                spec.flatMap(object -> object.field("rollout")).flatMap(rollout -> rollout.field("drainSeconds"));
        if (value.isEmpty()) {
            return Rollout.defaults().drainSeconds();
        }
        return value.get() instanceof Tree.Numeral number && number.literal().matches("\\d{1,4}")
                ? Integer.valueOf(number.literal())
                : null;
    }

    private static <T> @Nullable T read(Optional<Tree> spec, String field, Class<T> type) {
        Tree value = spec.flatMap(object -> object.field(field)).orElse(null);
        try {
            return value == null ? null : MAPPER.treeToValue(JsonTree.toJson(value), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema permits a spec." + field + " that is none", e);
        }
    }
}
