package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.agent.plan.Goal;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.restart.NodeRestart;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a change: records the files before and after in the journal, writes them, restarts kube-apiserver and verifies
 * it. After a crash it detects the completed steps and continues.
 */
final class ChangeApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

    /** Enough for a power failure, a guard and an agent that are killed; more means that this turn is the cause. */
    private static final int MAX_RESUMES = 3;

    private final NodeContext node;
    private final HostPlanner planner;
    private final JournalFile journals;
    private final ChangeVerifier verifier;
    private final TurnPreflight preflight;
    private final LogCheck logCheck;
    private final KeepingTakeover keeping;

    ChangeApplier(
            NodeContext node, HostPlanner planner, JournalFile journals, TurnPreflight preflight, LogCheck logCheck) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
        this.verifier = new ChangeVerifier(node);
        this.preflight = preflight;
        this.logCheck = logCheck;
        this.keeping = new KeepingTakeover(node, planner, journals, logCheck);
    }

    sealed interface Result {

        /** The live process runs the change. */
        record Verified() implements Result {}

        /** The files are unchanged. A retry may succeed. */
        record NotStarted(String reason) implements Result {}

        /** The files are unchanged. A retry would fail, too. */
        record Failed(String reason) implements Result {}

        /** The files are changed, and the change does not work. */
        record NeedsRollback(OpenTurn open, RollbackReason reason) implements Result {}
    }

    Result apply(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var before = node.observer().observe();
        var ownership = Ownership.of(journal);
        return switch (planner.plan(open.spec(), before, ownership)) {
            case NodePlan.Blocked blocked -> new Result.NotStarted(blocked.message());
            case NodePlan.Kept kept ->
                keeping.isPossible(open, before, ownership)
                        ? keeping.run(journal, open, kept, before)
                        : begin(journal, open, kept.otherwise(), Goal.of(open.spec()), before);
            case NodePlan.Files desired -> begin(journal, open, desired, goal(open, before, ownership), before);
        };
    }

    /** Continues a turn that may have written its files. */
    Result resume(Journal journal, OpenTurn open, RestartChoice restart) throws IOException, InterruptedException {
        if (open.resumes() >= MAX_RESUMES) {
            return needsRollback(
                    open,
                    "the agent or its guard ended " + MAX_RESUMES + " times, or failed, while it applied the change");
        }
        var resumed = open.resumed();
        try {
            journals.write(journal.with(resumed));
        } catch (IOException failure) {
            if (serves(open, Ownership.of(journal))) {
                throw new IOException(
                        "cannot write the journal, retrying; kube-apiserver is not affected: " + failure.getMessage(),
                        failure);
            }
            return needsRollback(open, "cannot write the journal: " + failure.getMessage());
        }
        var before = node.observer().observe();
        var ownership = Ownership.of(journal);
        return switch (planner.plan(open.spec(), before, ownership)) {
            case NodePlan.Blocked blocked -> needsRollback(open, blocked.message());
            case NodePlan.Kept kept ->
                write(resumed, kept.otherwise().forRestart(restart.strategy()), Goal.of(open.spec()), before);
            case NodePlan.Files desired ->
                write(resumed, desired.forRestart(restart.strategy()), goal(open, before, ownership), before);
        };
    }

    private static Result needsRollback(OpenTurn open, String reason) {
        return new Result.NeedsRollback(open, RollbackReason.other(reason));
    }

    /** Whether kube-apiserver runs what it ran before the change, or the change. */
    private boolean serves(OpenTurn open, Ownership ownership) throws IOException {
        var current = node.observer().observe();
        var files = restorer(open, open.requireImages());
        return Verification.of(files.policyBefore(), files.flagsBefore(), current)
                        .proven()
                || planner.goal(open.spec(), current, ownership)
                        .filter(goal -> goal.verify(current).proven())
                        .isPresent();
    }

    private FileRestorer restorer(OpenTurn open, FileImages images) {
        return new FileRestorer(node, planner, images, open.spec().restores());
    }

    /**
     * The goal of a node for which there is a plan. Once the turn has deleted a drop-in, only that one tells which flags of a process
     * that was started with it are the unit's own.
     */
    private Goal goal(OpenTurn open, NodeSnapshot before, Ownership ownership) {
        var images = open.images();
        var known = images != null && open.spec().restores() ? before.withDropIn(images.before()) : before;
        return planner.goal(open.spec(), known, ownership).orElseThrow();
    }

    private Result begin(Journal journal, OpenTurn open, NodePlan.Files desired, Goal goal, NodeSnapshot before)
            throws IOException, InterruptedException {
        var reasonToWait = reasonToWait(before);
        if (reasonToWait.isPresent()) {
            return new Result.NotStarted(reasonToWait.get());
        }
        var refusal = preflight.refusal(goal, before);
        if (refusal.isPresent()) {
            return new Result.NotStarted(refusal.get());
        }
        try {
            node.guard().start(open.turn().id());
        } catch (Guard.NotRunningException notRunning) {
            return new Result.NotStarted("the guard did not start: " + notRunning.getMessage());
        } catch (IOException failure) {
            return new Result.Failed("cannot start the guard: " + failure.getMessage());
        }
        var starts = node.starts().list();
        var restart = NodeRestart.choose(
                node, desired.settingsChange(), goal.verify(before).proven(), before, starts);
        var files = desired.forRestart(restart.strategy());
        var images = images(files, before);
        var writing = open.takingOver(desired.originals().orElse(null))
                .writing(images, restart, starts.stream().map(Start::id).toList());
        try {
            if (!open.spec().restores()) {
                new OriginalFiles(node.files()).keep(before);
            }
            restorer(open, images).prepare();
            journals.reserveSpace(journal.with(writing));
        } catch (IOException failure) {
            return new Result.Failed("cannot prepare a rollback: " + failure.getMessage());
        }
        node.hold().check();
        try {
            journals.write(journal.with(writing));
        } catch (IOException failure) {
            return new Result.Failed("cannot write the journal: " + failure.getMessage());
        }
        return write(writing, files, goal, before);
    }

    private static Optional<String> reasonToWait(NodeSnapshot before) {
        return before.ready() ? before.busy() : Optional.of("kube-apiserver does not answer /readyz with status 200");
    }

    private static FileImages images(NodePlan.Files desired, NodeSnapshot before) {
        return new FileImages(
                before.policy().orElse(null),
                // Without both, a node is given back whose policy file is gone, and no file is written.
                desired.policy().or(before::policy).orElseGet(() -> FileImage.rootOnly("")),
                before.configuration().orElse(null),
                desired.configurationAfter(before.configuration()).orElse(null),
                desired.takenLines(),
                before.unit().isPresent() ? before.auditFlags() : null);
    }

    private Result write(OpenTurn open, NodePlan.Files desired, Goal goal, NodeSnapshot before)
            throws IOException, InterruptedException {
        node.hold().check();
        try {
            new PlannedFiles(node.files(), node.paths(), desired).replace(before);
        } catch (ConcurrentChangeException changed) {
            if (open.resumes() > 0) {
                throw changed; // The policy may be written since before: plan again.
            }
            return new Result.NotStarted(String.valueOf(changed.getMessage()));
        } catch (IOException failure) {
            return needsRollback(open, "cannot write the node's files: " + failure.getMessage());
        }
        LOG.atInfo().addKeyValue("changes", desired.changes()).log("Node files written");
        var notLoaded = load();
        if (notLoaded.isPresent()) {
            return needsRollback(open, notLoaded.get());
        }
        var failure =
                verifier.verify(open, goal, before, desired.configuration().isPresent());
        return (failure.isPresent() || !goal.isRecorded() ? failure : unrecorded(open))
                .<Result>map(reason -> new Result.NeedsRollback(open, reason))
                .orElseGet(Result.Verified::new);
    }

    /** Nothing was restarted yet. */
    private Optional<String> load() {
        try {
            return node.host().load().map("kube-apiserver was not restarted: "::concat);
        } catch (IOException failure) {
            return Optional.of("kube-apiserver was not restarted, because its configuration cannot be loaded: "
                    + failure.getMessage());
        }
    }

    private Optional<RollbackReason> unrecorded(OpenTurn open) throws IOException, InterruptedException {
        return logCheck.problem(open.spec(), node.observer().observe()).map(RollbackReason::other);
    }
}
