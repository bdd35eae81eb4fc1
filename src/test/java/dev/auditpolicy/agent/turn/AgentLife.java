package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;

/** One life of an agent: it does the work in the journal until the journal is closed or the agent is killed. */
record AgentLife(NodeContext node, HostPlanner planner, LogCheck logCheck) {

    /** Whether it came to its end. */
    boolean run() throws InterruptedException {
        var journals = new JournalFile(node.files(), JournalFile.PATH);
        var runner = TurnRunner.on(node, planner, journals, (_, _) -> Optional.empty(), logCheck);
        try {
            var journal = journals.read();
            if (journal.hasWork()) {
                runner.finish(journal, journal.openTurn().orElseThrow());
            }
            runner.cleanUp();
            journals.write(journals.read().close());
            return true;
        } catch (Fault.Killed | IOException | NoSuchElementException ended) {
            return false;
        }
    }

    /** The journal on {@code disk}. */
    static JournalFile journals(SimulatedDisk disk) {
        return new JournalFile(new NodeFiles(disk), JournalFile.PATH);
    }

    static Journal journal(SimulatedDisk disk) throws IOException {
        return journals(disk).read();
    }

    /** Writes that a turn for {@code spec} has begun. */
    static void begin(SimulatedDisk disk, AuditNodeSpec spec, SimulatedClock clock) throws IOException {
        var now = clock.now();
        var turn = new Turn("turn-" + spec.revision(), "cp1", spec.revision(), 1, now);
        journals(disk).write(journal(disk).begin(OpenTurn.begun(turn, spec, now, clock.ticks())));
    }
}
