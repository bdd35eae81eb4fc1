package dev.auditpolicy.policy.temporary;

import dev.auditpolicy.policy.tree.Tree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code spec.temporaryRules}.
 *
 * @param index in the list
 * @param until as it is written; empty if it is not a text
 * @param rules in order; empty if they are not a list
 */
record TemporaryEntry(int index, String until, String reason, List<Tree> rules) {

    static TemporaryEntry of(int index, Tree entry) {
        return new TemporaryEntry(
                index,
                text(entry, "until"),
                text(entry, "reason"),
                entry.field("rules").orElse(null) instanceof Tree.Items items ? items.items() : List.of());
    }

    private static String text(Tree entry, String field) {
        return entry.field(field).orElse(null) instanceof Tree.Text text ? text.value() : "";
    }

    /** Empty if the API server would not accept it. */
    Optional<Instant> end() {
        return end(until);
    }

    static Optional<Instant> end(String until) {
        try {
            return Optional.of(OffsetDateTime.parse(until).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    boolean hasEnded(Instant now) {
        return end().filter(end -> !end.isAfter(now)).isPresent();
    }

    String path() {
        return "temporaryRules[" + index + "]";
    }
}
