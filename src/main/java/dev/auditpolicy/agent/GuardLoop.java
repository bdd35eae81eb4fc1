package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

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
 * The guard: waits until nobody else is changing the node, finishes or undoes a turn that was left under way, and
 * goes. It asks no API server for anything; the outcome stays in the journal for the agent to report.
 */
public final class GuardLoop {

    private static final Logger LOG = LoggerFactory.getLogger(GuardLoop.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TurnRunner runner;
    private final JournalFile journals;
    private final Hold hold;
    private final Guard guard;
    private final NodeLock lock;

    GuardLoop(TurnRunner runner, JournalFile journals, Hold hold, Guard guard, NodeLock lock) {
        this.runner = requireNonNull(runner, "runner is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.hold = requireNonNull(hold, "hold is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.lock = requireNonNull(lock, "lock is null");
    }

    /** Returns when there is nothing left to do on the node. */
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
                LOG.atInfo().log("Guard takes over");
                runner.finish(journal, journal.openTurn().orElseThrow());
            }
            guard.remove();
            return true;
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("Not finished, trying again");
            return false;
        }
    }
}
