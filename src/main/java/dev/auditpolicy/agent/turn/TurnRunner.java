package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a turn until its outcome is in the journal. It needs no API server, and resumes after a crash. Once it may have changed
 * a file, every failure leads to a rollback, also a failure of this program.
 */
public final class TurnRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final NodeContext node;
    private final HostPlanner planner;
    private final ChangeApplier applier;
    private final Rollback rollback;
    private final JournalFile journals;
    private final Leftovers leftovers;

    /** Known to this process only, because the journal could not record it. */
    private Optional<TurnOutcome> unrecorded = Optional.empty();

    private TurnRunner(
            NodeContext node, HostPlanner planner, JournalFile journals, TurnPreflight preflight, LogCheck logCheck) {
        this.node = node;
        this.planner = planner;
        this.applier = new ChangeApplier(node, planner, journals, preflight, logCheck);
        this.rollback = new Rollback(node, planner, node.hold()::check);
        this.journals = journals;
        this.leftovers = new Leftovers(node, planner, journals);
    }

    /**
     * A runner of turns on {@code node}.
     *
     * @param planner for this kind of host
     * @param preflight checks the change again before it begins
     * @param logCheck checks what kube-apiserver records after it
     */
    public static TurnRunner on(
            NodeContext node, HostPlanner planner, JournalFile journals, TurnPreflight preflight, LogCheck logCheck) {
        return new TurnRunner(node, planner, journals, preflight, logCheck);
    }

    /**
     * Completes the open turn.
     *
     * @throws IOException if it must be repeated
     */
    public void finish(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var known = unrecorded.filter(ended -> ended.id().equals(open.turn().id()));
        var outcome = known.isPresent() ? known.get() : run(journal, open);
        unrecorded = Optional.of(outcome);
        var current = journals.read();
        var restart = current.openTurn().map(OpenTurn::restart).orElse(null);
        journals.write(current.ended(outcome.result() == Result.ABANDONED ? outcome : outcome.withRestart(restart)));
        unrecorded = Optional.empty();
        LOG.atInfo()
                .addKeyValue("turn", outcome.id())
                .addKeyValue("revision", outcome.revision())
                .addKeyValue("result", outcome.result())
                .addKeyValue("message", outcome.message())
                .log("Turn ended");
        cleanUp();
    }

    /**
     * Ends this operator's work on a node on which there is nothing to take out: it was never changed, or somebody else has done
     * that.
     *
     * @return the journal of a node on which no revision is verified
     */
    public Journal forget(Journal journal) throws IOException {
        if (journal.lastProven().isEmpty() && journal.currentOriginals().isEmpty()) {
            return journal;
        }
        if (journal.lastProven().isPresent()) {
            new GivenBack(node, planner).deleteFilesOf(journal.lastProven().get());
        }
        var restored = journal.restored();
        journals.write(restored);
        return restored;
    }

    /** Removes what an ended turn leaves on the node; to repeat if it fails. */
    public void cleanUp() throws IOException {
        leftovers.delete();
    }

    private TurnOutcome run(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        if (open.rollback().isPresent()) {
            return rollBack(journal, open, open.rollback().get());
        }
        try {
            return switch (apply(journal, open)) {
                case ChangeApplier.Result.Verified _ -> outcome(open, Result.EFFECTIVE, remarks(journal, open));
                case ChangeApplier.Result.NotStarted notStarted -> outcome(open, Result.ABANDONED, notStarted.reason());
                case ChangeApplier.Result.Failed failed -> outcome(open, Result.FAILED, failed.reason());
                case ChangeApplier.Result.NeedsRollback failed -> rollBack(journal, failed.open(), failed.reason());
            };
        } catch (RuntimeException | LinkageError | VirtualMachineError error) {
            LOG.atError().setCause(error).log("Internal error during a turn");
            return failed(journal, error);
        }
    }

    /** What stays on the node although the turn was to replace it or to take it out. */
    private String remarks(Journal before, OpenTurn open) throws IOException {
        var current = journals.read().openTurn();
        if (open.spec().restores()) {
            return current.map(OpenTurn::images)
                    .map(images -> planner.keptEdits(images, Ownership.of(before)))
                    .map(kept -> String.join("; ", kept))
                    .orElse("");
        }
        return current.flatMap(turn -> turn.replaced()
                        .map(originals -> ReplacedFiles.describe(
                                originals,
                                Optional.ofNullable(turn.images()).flatMap(FileImages::after),
                                node.paths().policy())))
                .orElse("");
    }

    private ChangeApplier.Result apply(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var restart = open.restart();
        if (open.images() == null || restart == null) {
            return applier.apply(journal, open);
        }
        return applier.resume(journal, open, restart);
    }

    private TurnOutcome failed(Journal journal, Throwable error) throws IOException, InterruptedException {
        var open = journals.read().openTurn().orElseThrow();
        var message = "internal error, please report it with the log of the agent: " + error;
        return open.images() == null
                ? outcome(open, Result.FAILED, message)
                : rollBack(journal, open, RollbackReason.other(message));
    }

    private TurnOutcome rollBack(Journal journal, OpenTurn open, RollbackReason reason)
            throws IOException, InterruptedException {
        var rollingBack = open.rollingBack(reason);
        LOG.atWarn()
                .addKeyValue("turn", open.turn().id())
                .addKeyValue("reason", reason.message())
                .log("Rolling back");
        try {
            journals.write(journal.with(rollingBack));
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log("Cannot record the rollback in the journal; rolling back without it");
        }
        // What a takeover had kept is to come back as it was, not as this operator would write it.
        var isKept =
                rollingBack.replaced().isPresent() && journal.keptOriginals().isPresent();
        return rollback.run(rollingBack, journal.lastProven().filter(_ -> !isKept))
                ? outcome(open, Result.ROLLED_BACK, reason.message())
                : outcome(
                        open,
                        Result.FAILED,
                        reason.message()
                                + "; the agent restored the previous files, but could not verify that kube-apiserver"
                                + " runs them");
    }

    private TurnOutcome outcome(OpenTurn open, Result result, String message) {
        var turn = open.turn();
        return new TurnOutcome(
                turn.id(),
                turn.revision(),
                turn.attempt(),
                result,
                node.clock().instant(),
                Message.bounded(message, Message.IN_NODE_STATUS),
                null);
    }
}
