package dev.auditpolicy.model;

/**
 * One thing that can happen next.
 *
 * @param who controller, agent, kubelet or world
 * @param index which of them
 * @param about what it is about, for people: made text only where it is read
 * @param fault whether the system could do without it; nothing that has to happen may depend on a fault
 */
record Step(String who, int index, String what, Object about, boolean fault, ModelState after) {

    static Step of(String who, int index, String what, ModelState after) {
        return of(who, index, what, "", after);
    }

    static Step of(String who, int index, String what, Object about, ModelState after) {
        return new Step(who, index, what, about, false, after);
    }

    static Step fault(String who, int index, String what, ModelState after) {
        return fault(who, index, what, "", after);
    }

    static Step fault(String who, int index, String what, Object about, ModelState after) {
        return new Step(who, index, what, about, true, after);
    }

    @Override
    public String toString() {
        return who + " " + (index + 1) + ": " + what + " " + about;
    }
}
