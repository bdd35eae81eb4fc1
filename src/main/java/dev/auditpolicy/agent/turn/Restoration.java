package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.Originals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Removes everything that this operator added to a node, at the request of an administrator and without an API server: a
 * rollback to the original files.
 */
public final class Restoration {

    private static final String BY_COMMAND = "restored by auditpolicy restore";

    private final NodeContext node;
    private final HostPlanner planner;
    private final JournalFile journals;
    private final NodeLock lock;

    public Restoration(NodeContext node, HostPlanner planner, JournalFile journals, NodeLock lock) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
        this.lock = lock;
    }

    /**
     * Holds the node, which stops the agent and the guard at their next step, and restores the files.
     *
     * @return the human-readable result; empty if kube-apiserver is not verified to run the original files
     * @throws IOException if the files cannot be restored; the message contains the reason
     */
    public Optional<String> run() throws IOException, InterruptedException {
        node.hold().set("auditpolicy restore");
        try (var _ = lock.acquire()) {
            var journal = journals.read();
            var spec = journal.openTurn().map(OpenTurn::spec).or(journal::lastProven);
            if (spec.isEmpty()) {
                return Optional.of("this operator has never changed this node");
            }
            var restored = new Rollback(node, planner, () -> {})
                    .run(turn(spec.get(), Ownership.of(journal)), Optional.empty());
            var closed =
                    journal.hasWork() ? journal.ended(outcome(journal.openTurn().orElseThrow())) : journal;
            journals.write(closed.restored());
            new Leftovers(node, planner, journals).delete();
            return restored
                    ? Optional.of(
                            journal.currentOriginals().isPresent()
                                    ? "kube-apiserver runs the audit configuration that was there before this operator"
                                    : "kube-apiserver runs without an audit policy of this operator")
                    : Optional.empty();
        }
    }

    private OpenTurn turn(AuditNodeSpec spec, Ownership ownership) throws IOException {
        var current = node.observer().observe();
        var removal = planner.removal(current, ownership);
        var images = new FileImages(
                originalPolicy(ownership).orElse(null),
                current.policy().orElseGet(() -> FileImage.rootOnly("")),
                removal.configuration().orElse(null),
                current.configuration().orElse(null),
                List.of(),
                removal.flags().orElse(null));
        // Without a ready API server, kubelet may not have reached one since its start, so it may need a restart.
        var kubeletWorksSince = current.ready() ? node.ticker().now() : BootTime.UNKNOWN;
        var now = node.clock().instant();
        return OpenTurn.begun(new Turn(BY_COMMAND, "", spec.revision(), 1, now), spec, now, kubeletWorksSince)
                .writing(images, new RestartChoice(Strategy.RECREATE, BY_COMMAND), List.of());
    }

    private Optional<FileImage> originalPolicy(Ownership ownership) throws IOException {
        var replaced = ownership.originals().map(Originals::policy);
        return replaced.isPresent() ? replaced : new OriginalFiles(node.files()).policy();
    }

    private TurnOutcome outcome(OpenTurn open) {
        return new TurnOutcome(
                open.turn().id(),
                open.turn().revision(),
                open.turn().attempt(),
                Result.FAILED,
                node.clock().instant(),
                BY_COMMAND,
                open.restart());
    }
}
