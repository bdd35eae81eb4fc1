package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Checks that the journal can record a turn, before the agent acquires one: a turn that is not recorded can never end. */
public final class JournalSpaceCheck {

    private final JournalFile journals;
    private Optional<String> passedRevision = Optional.empty();

    public JournalSpaceCheck(JournalFile journals) {
        this.journals = journals;
    }

    /** Why the journal cannot record a turn. The check repeats until it passes, and then once for each revision. */
    Optional<String> problem(AuditNodeSpec spec) {
        if (passedRevision.filter(spec.revision()::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            journals.tryWrite(Journal.empty()
                    .begin(OpenTurn.begun(
                            new Turn("", "", spec.revision(), 1, Instant.EPOCH),
                            spec,
                            Instant.EPOCH,
                            BootTime.UNKNOWN)));
        } catch (IOException failure) {
            return Optional.of("cannot write the journal " + JournalFile.PATH + ": " + failure.getMessage());
        }
        passedRevision = Optional.of(spec.revision());
        return Optional.empty();
    }
}
