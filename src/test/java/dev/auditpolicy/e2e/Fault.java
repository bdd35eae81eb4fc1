package dev.auditpolicy.e2e;

import java.util.Set;

/**
 * A fault of the fault matrix: one change of the policy, and what goes wrong meanwhile.
 *
 * @param sizes of the clusters that it is tried on, in nodes
 * @param telling whether it is among the few that every test run tries
 * @param before done before the change is applied
 * @param during done after; when it returns, everything that somebody has to do by hand is done
 * @param after puts the node back in order once the outcome is there
 */
record Fault(
        String name,
        Set<Integer> sizes,
        boolean telling,
        Change change,
        Step before,
        Step during,
        Step after,
        Ending ending) {

    private static final Step NOTHING = _ -> {};

    /** Something that is done to a node. */
    @FunctionalInterface
    interface Step {
        void on(FaultSite site);
    }

    /**
     * How it has to end.
     *
     * @param condition of the AuditPolicy that becomes True
     * @param phase of the node's AuditNode
     * @param message part of what the condition tells
     */
    record Ending(String condition, String phase, String message) {}

    /** On one node; {@code change} is what ends well unless the fault prevents it. */
    static Fault of(String name) {
        return new Fault(
                name, Set.of(1), false, Change.good(), NOTHING, NOTHING, NOTHING, new Ending("Ready", "Effective", ""));
    }

    /** Tried on one and on three nodes. */
    Fault alsoOnThree() {
        return new Fault(name, Set.of(1, 3), telling, change, before, during, after, ending);
    }

    Fault onlyOnThree() {
        return new Fault(name, Set.of(3), telling, change, before, during, after, ending);
    }

    Fault inEveryRun() {
        return new Fault(name, sizes, true, change, before, during, after, ending);
    }

    Fault with(Change other) {
        return new Fault(name, sizes, telling, other, before, during, after, ending);
    }

    Fault before(Step step) {
        return new Fault(name, sizes, telling, change, step, during, after, ending);
    }

    Fault during(Step step) {
        return new Fault(name, sizes, telling, change, before, step, after, ending);
    }

    Fault after(Step step) {
        return new Fault(name, sizes, telling, change, before, during, step, ending);
    }

    /** The node runs again what it ran before, and the status tells {@code reason}. */
    Fault goesBack(String reason) {
        return ends(new Ending("Stalled", "RolledBack", reason));
    }

    /** The node was left as it was, and the status tells {@code reason}. */
    Fault changesNothing(String reason) {
        return ends(new Ending("Stalled", "Failed", reason));
    }

    private Fault ends(Ending other) {
        return new Fault(name, sizes, telling, change, before, during, after, other);
    }
}
