package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.manifest.ManifestChange;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.unit.UnitChange;

/**
 * A change of the node's files that a turn will make.
 *
 * @param what the part that changes, with its new value if it has one
 */
public record PlannedChange(Action action, String what) {

    static PlannedChange of(ManifestChange change) {
        return new PlannedChange(change.action(), change.what());
    }

    static PlannedChange of(UnitChange change) {
        return new PlannedChange(
                switch (change.action()) {
                    case ADDED -> Action.ADDED;
                    case CHANGED -> Action.CHANGED;
                    case REMOVED -> Action.REMOVED;
                },
                change.subject());
    }

    /** That of the policy file at {@code path}. */
    static PlannedChange ofPolicy(String path, NodeSnapshot node) {
        return new PlannedChange(node.policy().isPresent() ? Action.CHANGED : Action.ADDED, path);
    }

    /** For a node that has not run the revision yet. */
    public String asPlan() {
        return "will " + this;
    }

    /** For a node that ran the revision before. */
    public String asDifference() {
        return switch (action) {
            case ADDED -> what + " is missing";
            case CHANGED -> what + " differs";
            case REMOVED -> what + " is not part of the revision";
        };
    }

    /** In the imperative. */
    @Override
    public String toString() {
        return switch (action) {
                    case ADDED -> "add ";
                    case CHANGED -> "change ";
                    case REMOVED -> "remove ";
                }
                + what;
    }
}
