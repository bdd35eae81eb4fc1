package dev.auditpolicy.unit;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;
import java.util.Map;

/** The plan for a unit. The unit's own file is never part of it. */
public sealed interface UnitPlan {

    /**
     * Our drop-in already is as it must be.
     *
     * @param flags all audit flags of the live command line, when it runs this
     */
    record Unchanged(Map<String, String> flags) implements UnitPlan {
        public Unchanged {
            flags = Map.copyOf(flags);
        }
    }

    /**
     * Our drop-in must be replaced with {@code text}.
     *
     * @param isCommandChanged whether kube-apiserver must be restarted; else only marks differ
     * @param changes never empty
     * @param flags all audit flags of the live command line after that
     */
    record Written(String text, boolean isCommandChanged, List<UnitChange> changes, Map<String, String> flags)
            implements UnitPlan {
        public Written {
            changes = List.copyOf(changes);
            flags = Map.copyOf(flags);
        }
    }

    /**
     * Our drop-in must be deleted, after which the unit is what it was.
     *
     * @param changes never empty
     * @param flags all audit flags of the live command line after that
     */
    record Deleted(List<UnitChange> changes, Map<String, String> flags) implements UnitPlan {
        public Deleted {
            changes = List.copyOf(changes);
            flags = Map.copyOf(flags);
        }
    }

    /** The unit cannot be changed and must stay as it is. */
    record Refused(List<ManifestProblem> problems) implements UnitPlan {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
