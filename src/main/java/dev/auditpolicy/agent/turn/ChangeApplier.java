package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.NodePlan;
import dev.auditpolicy.agent.evaluate.NodePlanner;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.Images;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way forward of a turn: journal the images, write the files, see to the restart and wait for the proof. Begun again
 * after a crash it finds what is done already and does the rest.
 */
final class ChangeApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeApplier.class);

    private final NodeContext node;
    private final NodePlanner planner;
    private final JournalFile journals;

    ChangeApplier(NodeContext node, NodePlanner planner, JournalFile journals) {
        this.node = requireNonNull(node, "node is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.journals = requireNonNull(journals, "journals is null");
    }

    /** How it ended. */
    sealed interface Result {

        /** The live process runs what is wanted. */
        record Verified() implements Result {}

        /** The files are as they were; it may be tried again. */
        record NotStarted(String reason) implements Result {}

        /** The files are as they were and trying again would not help. */
        record Failed(String reason) implements Result {}

        /** The change has to be taken back. */
        record NeedsRollback(OpenTurn open, String reason) implements Result {}
    }

    Result run(Journal journal, OpenTurn open) throws IOException, InterruptedException {
        var before = node.observer().observe();
        return switch (planner.plan(open.spec(), before)) {
            case NodePlan.Blocked blocked when open.images() == null -> new Result.NotStarted(blocked.message());
            case NodePlan.Blocked blocked -> new Result.NeedsRollback(open, blocked.message());
            case NodePlan.Files wanted when open.images() == null -> begin(journal, open, wanted, before);
            case NodePlan.Files wanted ->
                write(journal, open, wanted.forRestart(open.restart().strategy()), before);
        };
    }

    private Result begin(Journal journal, OpenTurn open, NodePlan.Files wanted, NodeSnapshot before)
            throws IOException, InterruptedException {
        var reasonToWait = reasonToWait(before);
        if (reasonToWait.isPresent()) {
            return new Result.NotStarted(reasonToWait.get());
        }
        try {
            node.guard().start(open.turn().id());
        } catch (IOException failure) {
            return new Result.Failed("no guard could be raised: " + failure.getMessage());
        }
        new OriginalFiles(node.files()).keep(before);
        var restart = RestartChooser.choose(
                wanted.settingsChange(),
                before.newest().orElseThrow(),
                node.starts().list(),
                node.clock().instant());
        var files = wanted.forRestart(restart.strategy());
        return write(journal, open.writing(images(files, before), restart), files, before);
    }

    /** A turn that has changed nothing yet is given back rather than begun on a node that is not at rest. */
    private static Optional<String> reasonToWait(NodeSnapshot before) {
        return before.ready() ? before.busy() : Optional.of("the kube-apiserver does not answer /readyz with 200");
    }

    /** Removes temporary files that a killed predecessor has left. */
    void clear() throws IOException {
        node.files().deleteTemporary(node.paths().policy());
        node.files().deleteTemporary(node.paths().manifest());
        node.files().deleteTemporary(node.paths().guard());
        new OriginalFiles(node.files()).clear();
    }

    private static Images images(NodePlan.Files wanted, NodeSnapshot before) {
        var manifest = before.manifest().orElseThrow();
        return new Images(
                before.policy().orElse(null),
                wanted.policy().or(before::policy).orElseThrow(),
                manifest,
                wanted.manifest().orElse(manifest));
    }

    private Result write(Journal journal, OpenTurn open, NodePlan.Files wanted, NodeSnapshot before)
            throws IOException, InterruptedException {
        node.hold().check();
        try {
            journals.write(journal.with(open));
        } catch (IOException failure) {
            return new Result.Failed("the journal could not be written: " + failure.getMessage());
        }
        try {
            writeFiles(wanted, before);
        } catch (NodeFiles.ConcurrentChangeException changed) {
            return new Result.NotStarted(String.valueOf(changed.getMessage()));
        } catch (IOException failure) {
            return new Result.NeedsRollback(open, "the node's files could not be changed: " + failure.getMessage());
        }
        LOG.atInfo().addKeyValue("changes", wanted.changes()).log("Node files are as wanted");
        return prove(open, before, wanted.manifest().isPresent());
    }

    /** The policy before the manifest that names it; if somebody else has changed the manifest the policy goes back. */
    private void writeFiles(NodePlan.Files wanted, NodeSnapshot before) throws IOException {
        if (wanted.policy().isPresent()) {
            node.files()
                    .replace(
                            node.paths().policy(),
                            before.policy(),
                            wanted.policy().get());
        }
        if (wanted.manifest().isPresent()) {
            try {
                node.files()
                        .replace(
                                node.paths().manifest(),
                                before.manifest(),
                                wanted.manifest().get());
            } catch (NodeFiles.ConcurrentChangeException changed) {
                restorePolicy(wanted.policy(), before.policy());
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

    private Result prove(OpenTurn open, NodeSnapshot before, boolean manifestChanged)
            throws IOException, InterruptedException {
        var starts = new CrashDetector(node.starts(), filesOrKubeletSince(open));
        var drain = ShutdownGracePeriod.of(open.spec(), before);
        var deadline =
                node.clock().instant().plus(drain).plusSeconds(open.spec().verifyTimeoutSeconds());
        var restart = new Restart(node.processes(), node.clock(), drain, manifestChanged);
        var wedge = new StuckKubeletRecovery(node.programs(), node.clock(), open.beganAt());
        var looks = new StableReadiness();
        while (true) {
            node.hold().check();
            var seen = node.observer().observe();
            var verification = Verification.of(Optional.of(open.spec().policy()), planner.flags(open.spec()), seen);
            if (looks.enough(verification)) {
                return new Result.Verified();
            }
            var failure = starts.failure(seen);
            if (failure.isPresent()) {
                return new Result.NeedsRollback(open, failure.get());
            }
            if (node.clock().instant().isAfter(deadline)) {
                return new Result.NeedsRollback(open, String.join("; ", verification.all()));
            }
            restart.step(stale(seen, verification), seen.ready());
            wedge.step(seen);
            node.sleeper().sleep(StableReadiness.INTERVAL);
        }
    }

    private Instant filesOrKubeletSince(OpenTurn open) throws IOException {
        var began = open.beganAt();
        return node.programs().kubeletStartedAt().filter(began::isBefore).orElse(began);
    }

    static List<ApiServerProcess> stale(NodeSnapshot seen, Verification verification) {
        return verification.process().isEmpty()
                ? seen.processes().stream().skip(1).toList()
                : seen.processes();
    }

    /** A process that is seen in service once can be one that is about to end. */
    static final class StableReadiness {

        static final Duration INTERVAL = Duration.ofMillis(500);
        private static final int IN_A_ROW = 3;

        private int good;

        boolean enough(Verification verification) {
            good = verification.proven() ? good + 1 : 0;
            return good >= IN_A_ROW;
        }
    }
}
