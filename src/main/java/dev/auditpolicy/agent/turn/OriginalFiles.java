package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the two files from before this operator changed them, as files on the node that an administrator can copy back. While the
 * operator manages the node, they are never replaced: a manifest without any part of this operator may also be one that
 * kubeadm has written anew, and the policy file beside it is then the operator's.
 */
final class OriginalFiles {

    static final String MANIFEST = "/var/lib/auditpolicy/original-kube-apiserver.yaml";
    static final String POLICY = "/var/lib/auditpolicy/original-audit-policy.yaml";

    /** What kubeadm wrote last. After an upgrade, the original manifest would start the previous version. */
    static final String REGENERATED_MANIFEST = "/var/lib/auditpolicy/regenerated-kube-apiserver.yaml";

    private final NodeFiles files;

    OriginalFiles(NodeFiles files) {
        this.files = files;
    }

    /** Keeps the files of {@code current}, if this operator has changed nothing in them. */
    void keep(NodeSnapshot current) throws IOException {
        var manifest = current.manifest().orElseThrow();
        if (!(new ManifestPlanner().planRemoval(manifest.text()) instanceof Plan.Unchanged)) {
            return;
        }
        // Empty before the first change, and after "auditpolicy restore".
        var ours = new JournalFile(files, JournalFile.PATH).read().lastProven();
        if (ours.isPresent() && files.read(MANIFEST).isPresent()) {
            keep(REGENERATED_MANIFEST, Optional.of(manifest));
        } else {
            keep(POLICY, current.policy().filter(image -> !isOurs(image, ours)));
            keep(MANIFEST, Optional.of(manifest));
        }
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
        return files.read(POLICY);
    }

    void deleteTemporaryFiles() throws IOException {
        files.deleteTemporary(POLICY);
        files.deleteTemporary(MANIFEST);
        files.deleteTemporary(REGENERATED_MANIFEST);
    }
}
