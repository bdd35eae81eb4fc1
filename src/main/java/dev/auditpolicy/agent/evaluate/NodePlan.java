package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.journal.FileImage;
import java.util.List;
import java.util.Optional;

/** What the node's files must become. */
public sealed interface NodePlan {

    /** The node cannot run what is wanted; each problem with its way out. */
    record Refused(String message) implements NodePlan {}

    /**
     * The files as they must be.
     *
     * @param policy the policy file, empty when it is as wanted
     * @param manifest the manifest for a pod of this revision, empty when the present one is that
     * @param settingsChange whether more than the revision differs in the manifest
     * @param changes for people
     */
    record Files(Optional<FileImage> policy, Optional<FileImage> manifest, boolean settingsChange, List<String> changes)
            implements NodePlan {

        public Files {
            changes = List.copyOf(changes);
        }

        public boolean asWanted() {
            return policy.isEmpty() && !settingsChange;
        }

        /** What is to be written for that way of restarting. */
        public Files by(RestartChoice.Strategy strategy) {
            return switch (strategy) {
                case RECREATE -> this;
                case IN_PLACE -> settingsChange ? this : new Files(policy, Optional.empty(), false, changes);
            };
        }
    }
}
