package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;

/** The plan for a manifest. */
public sealed interface Plan {

    /** The manifest already has the desired state. */
    record Unchanged() implements Plan {}

    /**
     * The manifest must be replaced with {@code text}, which was checked as a Pod.
     *
     * @param text the complete new manifest
     * @param changes the changes; never empty
     * @param taken the foreign audit configuration that the new manifest replaces
     */
    record Patched(String text, List<ManifestChange> changes, TakenParts taken) implements Plan {
        public Patched {
            changes = List.copyOf(changes);
        }

        /** A plan that replaces nothing of others. */
        public Patched(String text, List<ManifestChange> changes) {
            this(text, changes, TakenParts.NONE);
        }

        /** Whether only our annotations differ, which make a new pod but mean nothing to kube-apiserver. */
        public boolean changesOnlyAnnotations() {
            return changes.stream().allMatch(change -> switch (change.part()) {
                case FLAGS_ANNOTATION, REVISION_ANNOTATION, REAPPLIED_ANNOTATION -> true;
                case FLAG, VOLUME, MOUNT -> false;
            });
        }
    }

    /** The manifest cannot be patched and must stay unchanged. */
    record Unpatchable(List<ManifestProblem> problems) implements Plan {
        public Unpatchable {
            problems = List.copyOf(problems);
        }
    }
}
