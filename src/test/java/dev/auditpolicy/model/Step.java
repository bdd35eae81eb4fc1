package dev.auditpolicy.model;

/**
 * One transition of the model.
 *
 * @param who controller, agent, kubelet or world
 * @param index which of them
 * @param about its object, for people; becomes text only in a trace
 * @param fault whether it is a fault; nothing that must happen may depend on one
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
