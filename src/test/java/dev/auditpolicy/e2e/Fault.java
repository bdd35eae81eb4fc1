package dev.auditpolicy.e2e;

import java.util.Set;

/**
 * A fault of the fault matrix: one change of the policy, and what fails during its rollout.
 *
 * @param sizes of the clusters that it is injected into, in nodes
 * @param everyRun whether it is one of the few that every test run injects
 * @param before runs before the change is applied
 * @param during runs after the change is applied; when it returns, the operator has to complete without further help
 * @param after repairs the node once the outcome is in the status
 */
record Fault(
        String name,
        Set<Integer> sizes,
        boolean everyRun,
        Change change,
        Step before,
        Step during,
        Step after,
        Outcome outcome) {

    private static final Step NOTHING = _ -> {};

    /** An action on a node. */
    @FunctionalInterface
    interface Step {
        void on(FaultSite site);
    }

    /**
     * The expected status.
     *
     * @param condition of the AuditPolicy that becomes True
     * @param phase of the node's AuditNode
     * @param message part of the condition's message
     */
    record Outcome(String condition, String phase, String message) {}

    /** On one node, with a change that becomes effective unless the fault prevents it. */
    static Fault of(String name) {
        return new Fault(
                name,
                Set.of(1),
                false,
                Change.good(),
                NOTHING,
                NOTHING,
                NOTHING,
                new Outcome("Ready", "Effective", ""));
    }

    /** Injected into clusters of one and of three nodes. */
    Fault alsoOnThree() {
        return new Fault(name, Set.of(1, 3), everyRun, change, before, during, after, outcome);
    }

    Fault onlyOnThree() {
        return new Fault(name, Set.of(3), everyRun, change, before, during, after, outcome);
    }

    Fault inEveryRun() {
        return new Fault(name, sizes, true, change, before, during, after, outcome);
    }

    Fault with(Change other) {
        return new Fault(name, sizes, everyRun, other, before, during, after, outcome);
    }

    Fault before(Step step) {
        return new Fault(name, sizes, everyRun, change, step, during, after, outcome);
    }

    Fault during(Step step) {
        return new Fault(name, sizes, everyRun, change, before, step, after, outcome);
    }

    Fault after(Step step) {
        return new Fault(name, sizes, everyRun, change, before, during, step, outcome);
    }

    /** The node runs what it ran before the change, and the status contains {@code reason}. */
    Fault rollsBack(String reason) {
        return with(new Outcome("Stalled", "RolledBack", reason));
    }

    /** The node runs what it ran before, and cannot record that its turn has ended. */
    Fault neverEnds(String reason) {
        return with(new Outcome("Stalled", "Acting", reason));
    }

    /** The node is unchanged, and the status contains {@code reason}. */
    Fault changesNothing(String reason) {
        return with(new Outcome("Stalled", "Failed", reason));
    }

    private Fault with(Outcome other) {
        return new Fault(name, sizes, everyRun, change, before, during, after, other);
    }
}
