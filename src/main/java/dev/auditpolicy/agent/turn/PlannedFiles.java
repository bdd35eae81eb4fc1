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

    /** Writes the policy before the flag that names it. If the configuration changed concurrently, restores the policy. */
    void replace(NodeSnapshot before) throws IOException {
        if (desired.policy().isPresent()) {
            files.replace(paths.policy(), before.policy(), desired.policy().get());
        }
        if (desired.configuration().isPresent()) {
            try {
                change(before.configuration(), desired.configuration().get().image());
            } catch (ConcurrentChangeException changed) {
                restorePolicy(desired.policy(), before.policy());
                throw changed;
            }
        }
    }

    private void change(Optional<FileImage> before, Optional<FileImage> after) throws IOException {
        if (after.isPresent()) {
            files.replace(paths.configuration(), before, after.get());
        } else if (before.isPresent()) {
            files.delete(paths.configuration(), before.get());
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
