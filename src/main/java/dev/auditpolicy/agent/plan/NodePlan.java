package dev.auditpolicy.agent.plan;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.journal.FileImage;
import java.util.List;
import java.util.Optional;

/** The desired files of the node. */
public sealed interface NodePlan {

    /** The node cannot run the spec; {@code message} names each problem and its solution. */
    record Blocked(String message) implements NodePlan {}

    /**
     * The files to write.
     *
     * @param policy the policy file, empty when it is up to date
     * @param manifest the manifest for a pod of this revision, empty when the present one is up to date
     * @param settingsChange whether more than the revision changes in the manifest
     * @param changes what the files change
     */
    record Files(
            Optional<FileImage> policy,
            Optional<FileImage> manifest,
            boolean settingsChange,
            List<PlannedChange> changes)
            implements NodePlan {

        public Files {
            changes = List.copyOf(changes);
        }

        public boolean areUpToDate() {
            return policy.isEmpty() && !settingsChange;
        }

        /** The files to write for a restart by {@code strategy}: in place, the manifest stays. */
        public Files forRestart(RestartChoice.Strategy strategy) {
            return switch (strategy) {
                case RECREATE -> this;
                case IN_PLACE -> settingsChange ? this : new Files(policy, Optional.empty(), false, changes);
            };
        }
    }
}
