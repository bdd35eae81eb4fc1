package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a turn could be kept in the journal: found out before the turn is asked for, since a turn that cannot be
 * recorded cannot be ended either.
 */
public final class JournalSpaceCheck {

    private final JournalFile journals;
    private Optional<String> enoughFor = Optional.empty();

    public JournalSpaceCheck(JournalFile journals) {
        this.journals = requireNonNull(journals, "journals is null");
    }

    /** Why not; empty when it could. Tried once for each revision, and until it works. */
    Optional<String> trouble(AuditNodeSpec spec) {
        if (enoughFor.filter(spec.revision()::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            journals.rehearse(Journal.empty()
                    .begin(OpenTurn.begun(new Turn("", "", spec.revision(), 1, Instant.EPOCH), spec, Instant.EPOCH)));
        } catch (IOException failure) {
            return Optional.of("the journal " + JournalFile.PATH + " could not be written: " + failure.getMessage());
        }
        enoughFor = Optional.of(spec.revision());
        return Optional.empty();
    }
}
