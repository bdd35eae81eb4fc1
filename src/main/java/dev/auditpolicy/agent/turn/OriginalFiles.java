package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the two files from before this operator changed them, as files on the node that an administrator can copy back. While the
 * operator manages the node, they are never replaced: a manifest without any part of this operator may also be one that
 * kubeadm has written anew, and the policy file beside it is then the operator's.
 */
public final class OriginalFiles {

    /** What kubeadm wrote last. After an upgrade, the original manifest would start the previous version. */
    static final String REGENERATED_MANIFEST = "/var/lib/auditpolicy/regenerated-kube-apiserver.yaml";

    private final NodeFiles files;

    public OriginalFiles(NodeFiles files) {
        this.files = files;
    }

    /** Keeps the files of {@code current}, if this operator has changed nothing in them. */
    void keep(NodeSnapshot current) throws IOException {
        // Nothing is proven before the first change, and after "auditpolicy restore". A takeover may have kept what is
        // there.
        var journal = new JournalFile(files, JournalFile.PATH).read();
        var ours = journal.lastProven().filter(_ -> journal.keptOriginals().isEmpty());
        if (current.unit().isPresent()) {
            if (ours.isEmpty()) {
                keep(OriginalPaths.POLICY, current.policy());
            }
            return;
        }
        var manifest = current.manifest().orElseThrow();
        var planner = new ManifestPlanner(Ownership.of(journal).flags());
        if (!(planner.planRemoval(manifest.text()) instanceof Plan.Unchanged)) {
            return;
        }
        if (ours.isPresent() && files.read(OriginalPaths.MANIFEST).isPresent()) {
            keepRegenerated(manifest);
        } else {
            keep(OriginalPaths.POLICY, current.policy().filter(image -> !isOurs(image, ours)));
            keep(OriginalPaths.MANIFEST, Optional.of(manifest));
        }
    }

    /** Keeps a manifest that kubeadm has written in place of one with parts of this operator. */
    public void keepRegenerated(FileImage manifest) throws IOException {
        keep(REGENERATED_MANIFEST, Optional.of(manifest));
    }

    private static boolean isOurs(FileImage policy, Optional<AuditNodeSpec> ours) {
        return ours.filter(spec -> spec.policy().equals(policy.text())).isPresent();
    }

    private void keep(String path, Optional<FileImage> image) throws IOException {
        var kept = files.read(path);
        if (kept.equals(image)) {
            return;
        }
        if (image.isPresent()) {
            files.replace(path, kept, image.get());
        } else {
            files.delete(path, kept.orElseThrow());
        }
    }

    /** The policy file that existed, if any. */
    Optional<FileImage> policy() throws IOException {
        return files.read(OriginalPaths.POLICY);
    }

    /** Called when the node has its own files again. */
    void delete() throws IOException {
        for (var path : List.of(OriginalPaths.POLICY, OriginalPaths.MANIFEST, REGENERATED_MANIFEST)) {
            var kept = files.read(path);
            if (kept.isPresent()) {
                files.delete(path, kept.get());
            }
        }
    }

    void deleteTemporaryFiles() throws IOException {
        files.deleteTemporary(OriginalPaths.POLICY);
        files.deleteTemporary(OriginalPaths.MANIFEST);
        files.deleteTemporary(REGENERATED_MANIFEST);
    }
}
