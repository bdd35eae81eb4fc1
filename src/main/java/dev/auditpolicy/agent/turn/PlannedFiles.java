package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.NodeFiles.ConcurrentChangeException;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Optional;

/** The files of a plan, which replace those that it was made for. */
record PlannedFiles(NodeFiles files, NodePaths paths, NodePlan.Files desired) {

    /** Writes the policy before the manifest that names it. If the manifest changed concurrently, restores the policy. */
    void replace(NodeSnapshot before) throws IOException {
        if (desired.policy().isPresent()) {
            files.replace(paths.policy(), before.policy(), desired.policy().get());
        }
        if (desired.manifest().isPresent()) {
            try {
                files.replace(
                        paths.manifest(), before.manifest(), desired.manifest().get());
            } catch (ConcurrentChangeException changed) {
                restorePolicy(desired.policy(), before.policy());
                throw changed;
            }
        }
    }

    private void restorePolicy(Optional<FileImage> written, Optional<FileImage> before) throws IOException {
        if (written.isPresent() && before.isPresent()) {
            files.replace(paths.policy(), written, before.get());
        } else if (written.isPresent()) {
            files.delete(paths.policy(), written.get());
        }
    }
}
