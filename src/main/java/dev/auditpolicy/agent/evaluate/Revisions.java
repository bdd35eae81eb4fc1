package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The revisions that the live kube-apiserver of a node may run.
 *
 * @param desired which it is to run; empty if none is desired
 * @param unfinished that of a turn that has started and is not reported yet
 * @param lastVerified which it was last verified to run
 * @param ownership what of the node's files is this operator's
 */
public record Revisions(
        Optional<AuditNodeSpec> desired,
        Optional<AuditNodeSpec> unfinished,
        Optional<AuditNodeSpec> lastVerified,
        Ownership ownership) {

    Revisions(
            Optional<AuditNodeSpec> desired, Optional<AuditNodeSpec> unfinished, Optional<AuditNodeSpec> lastVerified) {
        this(desired, unfinished, lastVerified, Ownership.UNKNOWN);
    }

    public static Revisions of(@Nullable AuditNodeSpec desired, Journal journal) {
        var ownership = Ownership.of(journal);
        return new Revisions(
                Optional.ofNullable(desired).map(ownership::asKept),
                journal.openTurn().map(OpenTurn::spec),
                journal.lastProven(),
                ownership);
    }

    /** Whether differences from the desired revision are changes that somebody else has made. */
    boolean desiredWasVerified() {
        return lastVerified
                .map(AuditNodeSpec::revision)
                .filter(revision -> desired.map(AuditNodeSpec::revision)
                        .filter(revision::equals)
                        .isPresent())
                .isPresent();
    }

    /** A request to give the node back is none of them. */
    List<AuditNodeSpec> all() {
        return Stream.of(desired, unfinished, lastVerified)
                .flatMap(Optional::stream)
                .filter(spec -> !spec.restores())
                .toList();
    }
}
