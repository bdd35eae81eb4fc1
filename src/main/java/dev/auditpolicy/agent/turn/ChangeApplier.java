package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.NodePlanner;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
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
    private final NodePlanner planner;
    private final JournalFile journals;
    private final ChangeVerifier verifier;
    private final TurnPreflight preflight;

    ChangeApplier(NodeContext node, NodePlanner planner, JournalFile journals, TurnPreflight preflight) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
        this.verifier = new ChangeVerifier(node, planner);
        this.preflight = preflight;
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
        return switch (planner.plan(open.spec(), before)) {
            case NodePlan.Blocked blocked -> new Result.NotStarted(blocked.message());
            case NodePlan.Files desired -> begin(journal, open, desired, before);
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
            if (serves(open)) {
                throw new IOException(
                        "cannot write the journal, retrying; kube-apiserver is not affected: " + failure.getMessage(),
                        failure);
            }
            return needsRollback(open, "cannot write the journal: " + failure.getMessage());
        }
        var before = node.observer().observe();
        return switch (planner.plan(open.spec(), before)) {
            case NodePlan.Blocked blocked -> needsRollback(open, blocked.message());
            case NodePlan.Files desired -> write(resumed, desired.forRestart(restart.strategy()), before);
        };
    }

    private static Result needsRollback(OpenTurn open, String reason) {
        return new Result.NeedsRollback(open, RollbackReason.other(reason));
    }

    /** Whether kube-apiserver runs what it ran before the change, or the change. */
    private boolean serves(OpenTurn open) throws IOException {
        var current = node.observer().observe();
        var files = new FileRestorer(node.files(), node.paths(), open.requireImages());
        return Verification.of(files.policyBefore(), files.flagsBefore(), current)
                        .proven()
                || Verification.of(Optional.of(open.spec().policy()), planner.flags(open.spec()), current)
                        .proven();
    }

    private Result begin(Journal journal, OpenTurn open, NodePlan.Files desired, NodeSnapshot before)
            throws IOException, InterruptedException {
        var reasonToWait = reasonToWait(before);
        if (reasonToWait.isPresent()) {
            return new Result.NotStarted(reasonToWait.get());
        }
        var refusal = preflight.refusal(open.spec(), before);
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
        var restart = RestartChooser.choose(
                desired.settingsChange(),
                before.newest().orElseThrow(),
                starts,
                node.ticker().now());
        var files = desired.forRestart(restart.strategy());
        var images = images(files, before);
        var writing =
                open.writing(images, restart, starts.stream().map(Start::id).toList());
        try {
            new OriginalFiles(node.files()).keep(before);
            new FileRestorer(node.files(), node.paths(), images).prepare();
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
        return write(writing, files, before);
    }

    private static Optional<String> reasonToWait(NodeSnapshot before) {
        return before.ready() ? before.busy() : Optional.of("kube-apiserver does not answer /readyz with status 200");
    }

    private static FileImages images(NodePlan.Files desired, NodeSnapshot before) {
        var manifest = before.manifest().orElseThrow();
        return new FileImages(
                before.policy().orElse(null),
                desired.policy().or(before::policy).orElseThrow(),
                manifest,
                desired.manifest().orElse(manifest));
    }

    private Result write(OpenTurn open, NodePlan.Files desired, NodeSnapshot before)
            throws IOException, InterruptedException {
        node.hold().check();
        try {
            writeFiles(desired, before);
        } catch (ConcurrentChangeException changed) {
            if (open.resumes() > 0) {
                throw changed; // The policy may be written since before: plan again.
            }
            return new Result.NotStarted(String.valueOf(changed.getMessage()));
        } catch (IOException failure) {
            return needsRollback(open, "cannot write the node's files: " + failure.getMessage());
        }
        LOG.atInfo().addKeyValue("changes", desired.changes()).log("Node files written");
        return verifier.verify(open, before, desired.manifest().isPresent())
                .<Result>map(reason -> new Result.NeedsRollback(open, reason))
                .orElseGet(Result.Verified::new);
    }

    /** Writes the policy before the manifest that names it. If the manifest changed concurrently, restores the policy. */
    private void writeFiles(NodePlan.Files desired, NodeSnapshot before) throws IOException {
        if (desired.policy().isPresent()) {
            node.files()
                    .replace(
                            node.paths().policy(),
                            before.policy(),
                            desired.policy().get());
        }
        if (desired.manifest().isPresent()) {
            try {
                node.files()
                        .replace(
                                node.paths().manifest(),
                                before.manifest(),
                                desired.manifest().get());
            } catch (ConcurrentChangeException changed) {
                restorePolicy(desired.policy(), before.policy());
                throw changed;
            }
        }
    }

    private void restorePolicy(Optional<FileImage> written, Optional<FileImage> before) throws IOException {
        if (written.isPresent() && before.isPresent()) {
            node.files().replace(node.paths().policy(), written, before.get());
        } else if (written.isPresent()) {
            node.files().delete(node.paths().policy(), written.get());
        }
    }
}
