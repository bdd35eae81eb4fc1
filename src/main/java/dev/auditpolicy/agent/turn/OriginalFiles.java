package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import java.io.IOException;
import java.util.Optional;

/** Keeps the two files from before this operator changed them, as files on the node that an administrator can copy back. */
final class OriginalFiles {

    static final String MANIFEST = "/var/lib/auditpolicy/original-kube-apiserver.yaml";
    static final String POLICY = "/var/lib/auditpolicy/original-audit-policy.yaml";

    private final NodeFiles files;

    OriginalFiles(NodeFiles files) {
        this.files = files;
    }

    /** Keeps the files of {@code current}, if this operator has changed nothing in them. */
    void keep(NodeSnapshot current) throws IOException {
        var manifest = current.manifest().orElseThrow();
        if (new ManifestPlanner().planRemoval(manifest.text()) instanceof Plan.Unchanged) {
            keep(POLICY, current.policy());
            keep(MANIFEST, Optional.of(manifest));
        }
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
    }
}
