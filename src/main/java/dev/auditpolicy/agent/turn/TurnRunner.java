package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.NodePlanner;
import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one turn, forward or back, up to its outcome in the journal; it needs no API server. */
public final class TurnRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final ChangeApplier forward;
    private final Rollback undo;
    private final JournalFile journals;
    private final Guard guard;
    private final InstantSource clock;

    TurnRunner(ChangeApplier forward, Rollback undo, JournalFile journals, Guard guard, InstantSource clock) {
        this.forward = requireNonNull(forward, "forward is null");
        this.undo = requireNonNull(undo, "undo is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public static TurnRunner on(NodeContext node, JournalFile journals) {
        var forward = new ChangeApplier(node, new NodePlanner(node.paths()), journals);
        return new TurnRunner(forward, new Rollback(node, node.hold()::check), journals, node.guard(), node.clock());
    }

    /** Does what is left to do of the turn that is under way. */
    public void finish(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var outcome = run(journal, open);
        forward.clear();
        var after = journals.read();
        var restart = after.openTurn().map(OpenTurn::restart).orElse(null);
        journals.write(after.ended(outcome.result() == Result.ABANDONED ? outcome : outcome.withRestart(restart)));
        guard.lower();
        LOG.atInfo()
                .addKeyValue("turn", outcome.id())
                .addKeyValue("revision", outcome.revision())
                .addKeyValue("result", outcome.result())
                .addKeyValue("message", outcome.message())
                .log("Turn ended");
    }

    private TurnOutcome run(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        if (open.rollback().isPresent()) {
            return takeBack(journal, open, open.rollback().get());
        }
        return switch (forward.run(journal, open)) {
            case ChangeApplier.Result.Verified _ -> outcome(open, Result.EFFECTIVE, "");
            case ChangeApplier.Result.NotStarted notStarted -> outcome(open, Result.ABANDONED, notStarted.reason());
            case ChangeApplier.Result.Failed failed -> outcome(open, Result.FAILED, failed.reason());
            case ChangeApplier.Result.NeedsRollback failure -> takeBack(journal, failure.open(), failure.reason());
        };
    }

    private TurnOutcome takeBack(Journal journal, OpenTurn open, String reason)
            throws IOException, InterruptedException {
        journals.write(journal.with(open.rollingBack(reason)));
        LOG.atWarn()
                .addKeyValue("turn", open.turn().id())
                .addKeyValue("reason", reason)
                .log("Taking the change back");
        return undo.run(open.rollingBack(reason), journal.lastProven())
                ? outcome(open, Result.ROLLED_BACK, reason)
                : outcome(
                        open,
                        Result.FAILED,
                        reason + "; the files were taken back, and kube-apiserver was not proven to run again");
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
