package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.evaluate.NodePlanner;
import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a turn until its outcome is in the journal. It needs no API server, and resumes after a crash. */
public final class TurnRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final ChangeApplier applier;
    private final Rollback rollback;
    private final JournalFile journals;
    private final Guard guard;
    private final InstantSource clock;

    TurnRunner(ChangeApplier applier, Rollback rollback, JournalFile journals, Guard guard, InstantSource clock) {
        this.applier = applier;
        this.rollback = rollback;
        this.journals = journals;
        this.guard = guard;
        this.clock = clock;
    }

    public static TurnRunner on(NodeContext node, JournalFile journals) {
        var applier = new ChangeApplier(node, new NodePlanner(node.paths()), journals);
        return new TurnRunner(applier, new Rollback(node, node.hold()::check), journals, node.guard(), node.clock());
    }

    /** Completes the open turn. */
    public void finish(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var outcome = run(journal, open);
        applier.deleteTemporaryFiles();
        var current = journals.read();
        var restart = current.openTurn().map(OpenTurn::restart).orElse(null);
        journals.write(current.ended(outcome.result() == Result.ABANDONED ? outcome : outcome.withRestart(restart)));
        guard.remove();
        LOG.atInfo()
                .addKeyValue("turn", outcome.id())
                .addKeyValue("revision", outcome.revision())
                .addKeyValue("result", outcome.result())
                .addKeyValue("message", outcome.message())
                .log("Turn ended");
    }

    private TurnOutcome run(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        if (open.rollback().isPresent()) {
            return rollBack(journal, open, open.rollback().get());
        }
        return switch (applier.apply(journal, open)) {
            case ChangeApplier.Result.Verified _ -> outcome(open, Result.EFFECTIVE, "");
            case ChangeApplier.Result.NotStarted notStarted -> outcome(open, Result.ABANDONED, notStarted.reason());
            case ChangeApplier.Result.Failed failed -> outcome(open, Result.FAILED, failed.reason());
            case ChangeApplier.Result.NeedsRollback failed -> rollBack(journal, failed.open(), failed.reason());
        };
    }

    private TurnOutcome rollBack(Journal journal, OpenTurn open, RollbackReason reason)
            throws IOException, InterruptedException {
        var rollingBack = open.rollingBack(reason);
        journals.write(journal.with(rollingBack));
        LOG.atWarn()
                .addKeyValue("turn", open.turn().id())
                .addKeyValue("reason", reason.message())
                .log("Rolling back");
        return rollback.run(rollingBack, journal.lastProven())
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
                clock.instant(),
                Message.bounded(message, Message.IN_NODE_STATUS),
                null);
    }
}
