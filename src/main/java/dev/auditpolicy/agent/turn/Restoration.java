package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Timestamp;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal.Images;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Takes all that is ours out of a node, by hand and with no API server: the way of an undo, toward the originals. */
public final class Restoration {

    private static final String BY_HAND = "restored by hand";

    private final NodeContext node;
    private final JournalFile journals;
    private final NodeLock lock;

    public Restoration(NodeContext node, JournalFile journals, NodeLock lock) {
        this.node = requireNonNull(node, "node is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.lock = requireNonNull(lock, "lock is null");
    }

    /**
     * Holds the node and does it, as soon as the agent or the guard is between two steps; being held they do no more.
     *
     * @return what was done, for people; empty when kube-apiserver was not proven to run without what is ours
     * @throws IOException when it cannot be done; its message says why
     */
    public Optional<String> run() throws IOException, InterruptedException {
        node.hold().set("auditpolicy restore");
        try (var _ = lock.acquire()) {
            var journal = journals.read();
            var spec = journal.openTurn().map(OpenTurn::spec).or(journal::lastProven);
            if (spec.isEmpty()) {
                return Optional.of("this operator has never changed this node");
            }
            var restored = new Rollback(node, () -> {}).run(turn(spec.get()), Optional.empty());
            var closed =
                    journal.hasWork() ? journal.ended(outcome(journal.openTurn().orElseThrow())) : journal;
            journals.write(closed.restored());
            node.guard().lower();
            return restored
                    ? Optional.of("kube-apiserver runs without an audit policy of this operator")
                    : Optional.empty();
        }
    }

    private OpenTurn turn(AuditNodeSpec spec) throws IOException {
        var seen = node.observer().observe();
        var present = seen.manifest()
                .orElseThrow(() -> new IOException("there is no " + node.paths().manifest() + " on this node"));
        var images = new Images(
                new OriginalFiles(node.files()).policy().orElse(null),
                seen.policy().orElseGet(() -> FileImage.rootOnly("")),
                present.withText(withoutOurs(present)),
                present);
        // A kubelet that has seen no API server since its start is to be restarted; while none answers it may be one.
        var kubeletIsSoundSince = seen.ready() ? node.clock().instant() : Instant.EPOCH;
        var turn = new Turn(
                BY_HAND, "", spec.revision(), 1, Timestamp.of(node.clock().instant()));
        return OpenTurn.begun(turn, spec, Timestamp.of(kubeletIsSoundSince))
                .writing(images, new RestartChoice(Strategy.RECREATE, BY_HAND));
    }

    private static String withoutOurs(FileImage manifest) throws IOException {
        return switch (new ManifestPlanner().planRemoval(manifest.text())) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unchanged _ -> manifest.text();
            case Plan.Unpatchable unpatchable ->
                throw new IOException(ManifestProblem.summary(unpatchable.problems())
                        + ". The manifest as it was before this operator" + " is " + OriginalFiles.MANIFEST);
        };
    }

    private TurnOutcome outcome(OpenTurn open) {
        return new TurnOutcome(
                open.turn().id(),
                open.turn().revision(),
                open.turn().attempt(),
                Result.FAILED,
                Timestamp.of(node.clock().instant()),
                BY_HAND,
                open.restart());
    }
}
