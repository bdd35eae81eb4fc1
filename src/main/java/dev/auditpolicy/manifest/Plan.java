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
     */
    record Patched(String text, List<ManifestChange> changes) implements Plan {
        public Patched {
            changes = List.copyOf(changes);
        }

        /** Whether only the revision differs. */
        public boolean changesOnlyRevision() {
            return changes.stream().allMatch(change -> change.part() == ManifestChange.Part.REVISION_ANNOTATION);
        }
    }

    /** The manifest cannot be patched and must stay unchanged. */
    record Unpatchable(List<ManifestProblem> problems) implements Plan {
        public Unpatchable {
            problems = List.copyOf(problems);
        }
    }
}
