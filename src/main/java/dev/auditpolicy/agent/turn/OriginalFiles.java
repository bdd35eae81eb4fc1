package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import java.io.IOException;
import java.util.Optional;

/** The two files as they were before this operator changed them, kept on the node as files that a human can copy back. */
final class OriginalFiles {

    static final String MANIFEST = "/var/lib/auditpolicy/original-kube-apiserver.yaml";
    static final String POLICY = "/var/lib/auditpolicy/original-audit-policy.yaml";

    private final NodeFiles files;

    OriginalFiles(NodeFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** Keeps the files of {@code seen}, if nothing in them is ours. */
    void keep(NodeSnapshot seen) throws IOException {
        var manifest = seen.manifest().orElseThrow();
        if (new ManifestPlanner().planRemoval(manifest.text()) instanceof Plan.Unchanged) {
            keep(POLICY, seen.policy());
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
            files.delete(path, kept.get());
        }
    }

    /** Removes temporary files that a killed predecessor has left. */
    void clear() throws IOException {
        files.clear(POLICY);
        files.clear(MANIFEST);
    }

    /** The policy file that there was, if any. */
    Optional<FileImage> policy() throws IOException {
        return files.read(POLICY);
    }
}
