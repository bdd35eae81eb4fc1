package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.evaluate.NodePlan;
import dev.auditpolicy.agent.evaluate.NodePlanner;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.Images;
import dev.auditpolicy.journal.Journal.OpenTurn;
import dev.auditpolicy.journal.RollbackReason;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a change: records the files before and after in the journal, writes them, restarts kube-apiserver and verifies
 * it. After a crash it detects the completed steps and continues.
 */
final class ChangeApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

    private final NodeContext node;
    private final NodePlanner planner;
    private final JournalFile journals;

    ChangeApplier(NodeContext node, NodePlanner planner, JournalFile journals) {
        this.node = node;
        this.planner = planner;
        this.journals = journals;
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
        var restart = Optional.ofNullable(open.restart()).filter(_ -> open.images() != null);
        return switch (planner.plan(open.spec(), before)) {
            case NodePlan.Blocked blocked when restart.isEmpty() -> new Result.NotStarted(blocked.message());
            case NodePlan.Blocked blocked -> new Result.NeedsRollback(open, RollbackReason.other(blocked.message()));
            case NodePlan.Files desired when restart.isEmpty() -> begin(journal, open, desired, before);
            case NodePlan.Files desired ->
                write(journal, open, desired.forRestart(restart.get().strategy()), before);
        };
    }

    private Result begin(Journal journal, OpenTurn open, NodePlan.Files desired, NodeSnapshot before)
            throws IOException, InterruptedException {
        var reasonToWait = reasonToWait(before);
        if (reasonToWait.isPresent()) {
            return new Result.NotStarted(reasonToWait.get());
        }
        try {
            node.guard().start(open.turn().id());
        } catch (IOException failure) {
            return new Result.Failed("the guard did not start: " + failure.getMessage());
        }
        new OriginalFiles(node.files()).keep(before);
        var restart = RestartChooser.choose(
                desired.settingsChange(),
                before.newest().orElseThrow(),
                node.starts().list(),
                node.clock().instant());
        var files = desired.forRestart(restart.strategy());
        return write(journal, open.writing(images(files, before), restart), files, before);
    }

    private static Optional<String> reasonToWait(NodeSnapshot before) {
        return before.ready() ? before.busy() : Optional.of("kube-apiserver does not answer /readyz with status 200");
    }

    private static Images images(NodePlan.Files desired, NodeSnapshot before) {
        var manifest = before.manifest().orElseThrow();
        return new Images(
                before.policy().orElse(null),
                desired.policy().or(before::policy).orElseThrow(),
                manifest,
                desired.manifest().orElse(manifest));
    }

    private Result write(Journal journal, OpenTurn open, NodePlan.Files desired, NodeSnapshot before)
            throws IOException, InterruptedException {
        node.hold().check();
        try {
            journals.write(journal.with(open));
        } catch (IOException failure) {
            return new Result.Failed("cannot write the journal: " + failure.getMessage());
        }
        try {
            writeFiles(desired, before);
        } catch (ConcurrentChangeException changed) {
            return new Result.NotStarted(String.valueOf(changed.getMessage()));
        } catch (IOException failure) {
            return new Result.NeedsRollback(
                    open, RollbackReason.other("cannot write the node's files: " + failure.getMessage()));
        }
        LOG.atInfo().addKeyValue("changes", desired.changes()).log("Node files written");
        return verify(open, before, desired.manifest().isPresent());
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

    private Result verify(OpenTurn open, NodeSnapshot before, boolean manifestChanged)
            throws IOException, InterruptedException {
        var gracePeriod = ShutdownGracePeriod.of(open.spec(), before);
        var restart = new Restart(node.processes(), node.clock(), gracePeriod, manifestChanged);
        var crashes = new CrashDetector(node.starts(), countCrashesSince(open));
        var stuckKubelet = new StuckKubeletRecovery(node.programs(), node.clock(), open.beganAt());
        var readiness = new StableReadiness();
        var deadline =
                node.clock().instant().plus(gracePeriod).plusSeconds(open.spec().verifyTimeoutSeconds());
        while (true) {
            node.hold().check();
            var current = node.observer().observe();
            var verification = Verification.of(Optional.of(open.spec().policy()), planner.flags(open.spec()), current);
            if (readiness.isReachedWith(verification)) {
                return new Result.Verified();
            }
            var crash = crashes.detect(current);
            if (crash.isPresent()) {
                return new Result.NeedsRollback(open, crash.get());
            }
            if (node.clock().instant().isAfter(deadline)) {
                return new Result.NeedsRollback(open, RollbackReason.other(String.join("; ", verification.all())));
            }
            restart.step(Restart.outdated(current, verification), current.ready());
            stuckKubelet.step(current);
            node.sleeper().sleep(StableReadiness.INTERVAL);
        }
    }

    private Instant countCrashesSince(OpenTurn open) throws IOException {
        var began = open.beganAt();
        return node.programs().kubeletStartedAt().filter(began::isBefore).orElse(began);
    }

    /** Deletes temporary files that a killed agent left behind. */
    void deleteTemporaryFiles() throws IOException {
        node.files().deleteTemporary(node.paths().policy());
        node.files().deleteTemporary(node.paths().manifest());
        node.files().deleteTemporary(node.paths().guard());
        new OriginalFiles(node.files()).deleteTemporaryFiles();
    }
}
