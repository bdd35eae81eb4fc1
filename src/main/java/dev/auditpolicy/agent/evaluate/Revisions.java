package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The revisions that the live kube-apiserver of a node may run.
 *
 * @param desired which it is to run
 * @param unfinished that of a turn that has started and is not reported yet
 * @param lastVerified which it was last verified to run
 */
public record Revisions(
        AuditNodeSpec desired, Optional<AuditNodeSpec> unfinished, Optional<AuditNodeSpec> lastVerified) {

    public static Revisions of(AuditNodeSpec desired, Journal journal) {
        return new Revisions(desired, journal.openTurn().map(OpenTurn::spec), journal.lastProven());
    }

    /** Whether differences from the desired revision are changes that somebody else has made. */
    boolean desiredWasVerified() {
        return lastVerified
                .filter(spec -> spec.revision().equals(desired.revision()))
                .isPresent();
    }

    List<AuditNodeSpec> all() {
        return Stream.of(Optional.of(desired), unfinished, lastVerified)
                .flatMap(Optional::stream)
                .toList();
    }
}
