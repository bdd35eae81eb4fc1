package dev.auditpolicy.agent.plan;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import java.util.List;
import java.util.Optional;

/** The desired files of the node. */
public sealed interface NodePlan {

    /** The node cannot run the spec; {@code message} names each problem and its solution. */
    record Blocked(String message) implements NodePlan {}

    /**
     * Nothing to write: somebody else has configured what means the same, and a takeover keeps that.
     *
     * @param originals what is on the node
     * @param isRecorded whether the journal has that already
     * @param otherwise the files to write if the log does not show what the policy records
     */
    record Kept(Originals originals, boolean isRecorded, Files otherwise) implements NodePlan {

        /** For the status of a node that waits for its turn. */
        public static final String DESCRIPTION =
                "will take over the audit configuration that is on this node as it is, because"
                        + " it means the same: its files stay, and kube-apiserver does not restart";
    }

    /**
     * The files to write.
     *
     * @param policy the policy file, empty when it is up to date
     * @param configuration the manifest for a pod of this revision, or our drop-in of the unit; empty when the present one is up to date
     * @param settingsChange whether the flags, volumes or mounts of kube-apiserver change
     * @param changes what the files change
     * @param takenLines the numbers of the lines of a present manifest that are taken over
     * @param originals what to remember of the node if it is taken over
     */
    record Files(
            Optional<FileImage> policy,
            Optional<FileChange> configuration,
            boolean settingsChange,
            List<PlannedChange> changes,
            List<Integer> takenLines,
            Optional<Originals> originals)
            implements NodePlan {

        public Files {
            changes = List.copyOf(changes);
            takenLines = List.copyOf(takenLines);
        }

        /** The configuration after that; empty if it is deleted. */
        public Optional<FileImage> configurationAfter(Optional<FileImage> present) {
            return configuration.isPresent() ? configuration.get().image() : present;
        }

        public boolean areUpToDate() {
            return policy.isEmpty() && !settingsChange;
        }

        /** The files to write for a restart by {@code strategy}: in place, the manifest stays. */
        public Files forRestart(RestartChoice.Strategy strategy) {
            return switch (strategy) {
                case RECREATE, RESTART_UNIT -> this;
                case IN_PLACE ->
                    settingsChange
                            ? this
                            : new Files(policy, Optional.empty(), false, changes, List.of(), Optional.empty());
            };
        }
    }
}
