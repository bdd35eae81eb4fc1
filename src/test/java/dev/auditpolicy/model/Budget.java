package dev.auditpolicy.model;

/**
 * How many faults remain. Crashes of controllers and agents, turns that nobody answers in time and writes whose answer is
 * lost are not counted: they may happen at every step.
 *
 * @param generations changes of the AuditPolicy's spec by the user
 * @param drifts changes of the files of all nodes at once
 * @param deletions of an AuditNode, finalizer or not
 * @param departures of a node from the control plane: its label or its Node is removed
 * @param restores of etcd from a backup of any earlier time
 * @param failures kube-apiservers that do not start or are not verified in time
 * @param abandoned turns that end before anything is changed
 * @param late status writes that arrive after their agent has stopped waiting
 */
record Budget(
        int generations,
        int drifts,
        int deletions,
        int departures,
        int restores,
        int failures,
        int abandoned,
        int late) {

    static final Budget NONE = new Budget(0, 0, 0, 0, 0, 0, 0, 0);

    Budget generations(int count) {
        return new Budget(count, drifts, deletions, departures, restores, failures, abandoned, late);
    }

    Budget drifts(int count) {
        return new Budget(generations, count, deletions, departures, restores, failures, abandoned, late);
    }

    Budget deletions(int count) {
        return new Budget(generations, drifts, count, departures, restores, failures, abandoned, late);
    }

    Budget departures(int count) {
        return new Budget(generations, drifts, deletions, count, restores, failures, abandoned, late);
    }

    Budget restores(int count) {
        return new Budget(generations, drifts, deletions, departures, count, failures, abandoned, late);
    }

    Budget failures(int count) {
        return new Budget(generations, drifts, deletions, departures, restores, count, abandoned, late);
    }

    Budget abandoned(int count) {
        return new Budget(generations, drifts, deletions, departures, restores, failures, count, late);
    }

    Budget late(int count) {
        return new Budget(generations, drifts, deletions, departures, restores, failures, abandoned, count);
    }
}
