package dev.auditpolicy.agent;

import dev.auditpolicy.host.FileImage;
import java.util.List;
import java.util.Optional;

/** What the node's files must become. */
sealed interface NodePlan {

    /** The node cannot run what is wanted; each problem with its way out. */
    record Refused(String message) implements NodePlan {}

    /**
     * The files as they must be.
     *
     * @param policy the policy file, empty when it is as wanted
     * @param manifest the manifest, empty when it is as wanted
     * @param changes for people
     */
    record Files(Optional<FileImage> policy, Optional<FileImage> manifest, List<String> changes) implements NodePlan {

        public Files {
            changes = List.copyOf(changes);
        }

        boolean asWanted() {
            return policy.isEmpty() && manifest.isEmpty();
        }
    }
}
