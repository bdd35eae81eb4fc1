package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;

/** What is to be done to a manifest. */
public sealed interface Plan {

    /** The manifest already says what is wanted. */
    record Unchanged() implements Plan {}

    /**
     * The manifest is to become {@code text}, which was checked as a Pod.
     *
     * @param text the new manifest, complete
     * @param changes what differs, never empty
     */
    record Patched(String text, List<ManifestChange> changes) implements Plan {
        public Patched {
            changes = List.copyOf(changes);
        }

        /** Whether the manifest says all that is wanted and was only written for another revision. */
        public boolean onlyNamesAnotherRevision() {
            return changes.stream().allMatch(ManifestChange::isOfRevision);
        }
    }

    /** The manifest must be left as it is. */
    record Unpatchable(List<ManifestProblem> problems) implements Plan {
        public Unpatchable {
            problems = List.copyOf(problems);
        }
    }
}
