package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeLock;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard: acquires the node's lock, finishes or rolls back the open turn, and exits. It needs no API server. The outcome
 * stays in the journal for the agent to report.
 */
public final class GuardLoop {

    private static final Logger LOG = LoggerFactory.getLogger(GuardLoop.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TurnRunner runner;
    private final JournalFile journals;
    private final Hold hold;
    private final Guard guard;
    private final NodeLock lock;
    private String logged = "";

    GuardLoop(TurnRunner runner, JournalFile journals, Hold hold, Guard guard, NodeLock lock) {
        this.runner = runner;
        this.journals = journals;
        this.hold = hold;
        this.guard = guard;
        this.lock = lock;
    }

    /** Returns when no turn is open. */
    public void run() throws InterruptedException {
        while (!isDone()) {
            Thread.sleep(INTERVAL);
        }
    }

    private boolean isDone() throws InterruptedException {
        try (var _ = lock.acquire()) {
            if (hold.reason().isPresent()) {
                return false;
            }
            var journal = journals.read();
            if (journal.hasWork()) {
                LOG.atInfo().log("Guard is finishing the open turn");
                runner.finish(journal, journal.openTurn().orElseThrow());
            }
            guard.remove();
            return true;
        } catch (IOException failure) {
            logOnce(String.valueOf(failure.getMessage()));
            return false;
        } catch (RuntimeException | LinkageError internal) {
            LOG.atError().setCause(internal).log("Internal error, retrying");
            return false;
        }
    }

    private void logOnce(String reason) {
        if (!reason.equals(logged)) {
            logged = reason;
            LOG.atWarn().addKeyValue("reason", reason).log("Guard failed, retrying");
        }
    }
}
