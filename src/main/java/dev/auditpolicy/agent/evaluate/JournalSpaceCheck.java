package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.Originals;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks that the journal can record a turn, before the agent acquires one: a turn that is not recorded can never end. */
public final class JournalSpaceCheck {

    private final JournalFile journals;
    private Optional<String> passedRevision = Optional.empty();

    public JournalSpaceCheck(JournalFile journals) {
        this.journals = journals;
    }

    /** Why the journal cannot record a turn. The check repeats until it passes, and then once for each revision. */
    Optional<String> problem(AuditNodeSpec spec, NodeSnapshot node) {
        if (passedRevision.filter(spec.revision()::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            journals.tryWrite(Journal.empty().begin(withImages(spec, node)));
        } catch (IOException failure) {
            return Optional.of("cannot write the journal " + JournalFile.PATH + ": " + failure.getMessage());
        }
        passedRevision = Optional.of(spec.revision());
        return Optional.empty();
    }

    /** A turn as the journal records it: with both files, before and after. */
    private static OpenTurn withImages(AuditNodeSpec spec, NodeSnapshot node) {
        var turn = new Turn("", "", spec.revision(), 1, Instant.EPOCH);
        var policy = FileImage.rootOnly(spec.policy());
        var manifest = node.configuration().orElseGet(() -> FileImage.rootOnly(""));
        return OpenTurn.begun(turn, spec, Instant.EPOCH, BootTime.UNKNOWN)
                .takingOver(new Originals(manifest, List.of(), node.policy().orElse(null)))
                .writing(
                        new FileImages(node.policy().orElse(null), policy, manifest, manifest),
                        new RestartChoice(Strategy.RECREATE, ""),
                        List.of());
    }
}
