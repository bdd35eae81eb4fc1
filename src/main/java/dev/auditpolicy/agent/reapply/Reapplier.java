package dev.auditpolicy.agent.reapply;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.turn.OriginalFiles;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a rewrite of the manifest with one write, which needs no API server. kubelet then sees only the last content, because
 * the previous pod takes seconds to end, and kube-apiserver restarts once. That write is all there is: the journal is only read,
 * so a process that is killed at any point leaves either kubeadm's manifest or ours, and the time of the write is in it.
 */
public final class Reapplier {

    private static final Logger LOG = LoggerFactory.getLogger(Reapplier.class);

    /** {@code kubeadm init phase} truncates the file and writes it: a reader may see a part of it. */
    private static final Duration SETTLES_WITHIN = Duration.ofMillis(50);

    private static final int MAX_READS = 20;

    private final NodeContext node;
    private final JournalFile journals;
    private final OriginalFiles originals;
    private final RecentWrites writes = new RecentWrites();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Standing standing = Standing.UNKNOWN;
    private Optional<FileImage> ours = Optional.empty();
    private String logged = "";

    public Reapplier(NodeContext node, JournalFile journals) {
        this.node = node;
        this.journals = journals;
        this.originals = new OriginalFiles(node.files());
    }

    /** Changes files of the node. */
    @FunctionalInterface
    public interface Change {
        void run() throws IOException, InterruptedException;
    }

    /** Runs a change of the agent's loop while nothing is put back. */
    public void exclude(Change change) throws IOException, InterruptedException {
        changing.lock();
        try {
            change.run();
        } finally {
            changing.unlock();
        }
    }

    /** Remembers what the agent has reported about its node. */
    public void reported(Phase phase) {
        standing = Standing.of(phase);
    }

    /**
     * Puts our parts back if kubeadm has just written the manifest. The caller holds the node's lock.
     *
     * @throws IOException if it must be repeated
     */
    public void step() throws IOException, InterruptedException {
        if (!node.host().restartsOnChange()) {
            return; // A unit that somebody has changed starts nothing without our drop-in.
        }
        exclude(() -> {
            if (isRewritten(node.files().read(node.paths().configuration()))) {
                var journal = changeable();
                if (journal.isPresent()) {
                    reapply(journal.get().lastProven().orElseThrow(), Ownership.of(journal.get()));
                }
            }
        });
    }

    /** Parses each manifest once: every iteration of the loop asks. */
    private boolean isRewritten(Optional<FileImage> manifest) {
        if (manifest.isEmpty() || manifest.equals(ours)) {
            return false;
        }
        // An unsupported one may be a part of what is being written.
        ours = manifest.filter(image -> KubeApiServerManifest.parse(image.text())
                .supported()
                .filter(KubeApiServerManifest::hasMark)
                .isPresent());
        return ours.isEmpty();
    }

    /** Empty if nothing may be written: the node is on hold, a turn is open, or it never ran a revision. */
    private Optional<Journal> changeable() throws IOException {
        if (node.hold().reason().isPresent()) {
            return Optional.empty();
        }
        var journal = journals.read();
        return Optional.of(journal)
                .filter(known ->
                        known.openTurn().isEmpty() && known.lastProven().isPresent());
    }

    private void reapply(AuditNodeSpec proven, Ownership ownership) throws IOException, InterruptedException {
        var kubeadm = node.programs().kubeadm();
        var manifest = settled();
        if (!isRewritten(manifest)) {
            return;
        }
        if (ownership.keeps(manifest)) {
            ours = manifest;
            return;
        }
        var writer = kubeadm.isPresent() ? kubeadm : node.programs().kubeadm();
        var rewrite = new Rewrite(
                manifest.orElseThrow(),
                node.files().read(node.paths().policy()),
                node.processes().running(),
                writer,
                standing);
        var now = node.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        switch (Reapplication.of(rewrite, proven, ownership, now)) {
            case Reapplication.Leave(String reason) -> leave(reason);
            case Reapplication.Write(FileImage next) -> {
                var objection = writes.objection(node.ticker().now(), writer);
                if (objection.isPresent()) {
                    leave(objection.get());
                } else {
                    write(rewrite, next, proven);
                }
            }
        }
    }

    /** The manifest, once it is the same for a moment. */
    private Optional<FileImage> settled() throws IOException, InterruptedException {
        var manifest = node.files().read(node.paths().configuration());
        for (var reads = 0; reads < MAX_READS; reads++) {
            node.sleeper().sleep(SETTLES_WITHIN);
            var again = node.files().read(node.paths().configuration());
            if (again.equals(manifest)) {
                return manifest;
            }
            manifest = again;
        }
        return Optional.empty();
    }

    private void write(Rewrite rewrite, FileImage next, AuditNodeSpec proven) throws IOException {
        // An agent that is killed after the other write would never make this one.
        try {
            originals.keepRegenerated(rewrite.manifest());
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("Cannot keep a copy of kubeadm's manifest");
        }
        node.files().replace(node.paths().configuration(), Optional.of(rewrite.manifest()), next);
        writes.add(node.ticker().now(), rewrite.kubeadm());
        logged = "";
        LOG.atInfo()
                .addKeyValue("revision", proven.revision())
                .addKeyValue("kubeadm", rewrite.kubeadm().map(String::valueOf).orElse("ended"))
                .log("Manifest rewritten by kubeadm, audit configuration put back");
    }

    private void leave(String reason) {
        if (!reason.equals(logged)) {
            logged = reason;
            LOG.atInfo().addKeyValue("reason", reason).log("Manifest without audit configuration, waiting for a turn");
        }
    }
}
