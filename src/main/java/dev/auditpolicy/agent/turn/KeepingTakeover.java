package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn that changes no file, because the node means the same already: it needs no guard, and has nothing to roll back. What makes
 * the node this operator's is the one write to the journal that ends the turn.
 */
final class KeepingTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(KeepingTakeover.class);

    private final NodeContext node;
    private final HostPlanner planner;
    private final JournalFile journals;
    private final LogCheck logCheck;

    KeepingTakeover(NodeContext node, HostPlanner planner, JournalFile journals, LogCheck logCheck) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
        this.logCheck = logCheck;
    }

    /** Whether the live process records what it is to record. If not, an ordinary turn writes our files. */
    boolean isPossible(OpenTurn open, NodeSnapshot before, Ownership ownership) throws InterruptedException {
        var verification =
                planner.goal(open.spec(), before, ownership).orElseThrow().verify(before);
        if (!verification.process().isEmpty()) {
            return false;
        }
        if (!verification.proven() || before.busy().isPresent()) {
            return true; // Later: run() reports why.
        }
        var problem = logCheck.problem(open.spec(), before);
        problem.ifPresent(reason -> LOG.atInfo()
                .addKeyValue("turn", open.turn().id())
                .addKeyValue("reason", reason)
                .log("Audit configuration of the node is not kept"));
        return problem.isEmpty();
    }

    /** @param before the node before its log was checked, which takes a while */
    ChangeApplier.Result run(Journal journal, OpenTurn open, NodePlan.Kept kept, NodeSnapshot before)
            throws IOException {
        var now = node.observer().observe();
        var problem = problem(open, kept, journal, before, now);
        if (problem.isPresent()) {
            return new ChangeApplier.Result.NotStarted(problem.get());
        }
        try {
            new OriginalFiles(node.files()).keep(now);
            journals.write(journal.with(open.takingOver(kept.originals())));
        } catch (IOException failure) {
            return new ChangeApplier.Result.Failed("cannot write the journal: " + failure.getMessage());
        }
        return new ChangeApplier.Result.Verified();
    }

    private Optional<String> problem(
            OpenTurn open, NodePlan.Kept kept, Journal journal, NodeSnapshot before, NodeSnapshot now) {
        var ownership = Ownership.of(journal);
        if (!isSameProcess(before, now)
                || !planner.plan(open.spec(), now, ownership).equals(kept)) {
            return Optional.of("kube-apiserver or its configuration has changed on this node meanwhile");
        }
        var verification =
                planner.goal(open.spec(), now, ownership).orElseThrow().verify(now);
        return now.busy()
                .or(() -> Optional.of(String.join("; ", verification.all())).filter(text -> !text.isEmpty()));
    }

    private static boolean isSameProcess(NodeSnapshot before, NodeSnapshot now) {
        return before.newest()
                .filter(process -> now.newest().filter(process::isSameAs).isPresent())
                .isPresent();
    }
}
