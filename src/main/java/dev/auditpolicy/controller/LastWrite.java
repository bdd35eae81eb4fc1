package dev.auditpolicy.controller;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** When an object was last written, by the API server's clock. */
final class LastWrite {

    private LastWrite() {}

    /** When anything but the status was written. */
    static Optional<Instant> of(ObjectMeta metadata) {
        return latest(metadata, _ -> true);
    }

    /** When anything in the spec was written. */
    static Optional<Instant> ofSpec(ObjectMeta metadata) {
        return latest(
                metadata,
                entry -> entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec"));
    }

    private static Optional<Instant> latest(ObjectMeta metadata, Predicate<ManagedFieldsEntry> condition) {
        return metadata.getManagedFields().stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .filter(condition)
                .map(ManagedFieldsEntry::getTime)
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
    }
}
