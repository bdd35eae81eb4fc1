package dev.auditpolicy.model;

/**
 * A control-plane node.
 *
 * @param files the revision that its files hold
 * @param process the revision that its kube-apiserver was started with
 */
record Machine(String files, String process, Serving serving) {

    /** What a client of the kube-apiserver sees. */
    enum Serving {
        READY,
        RESTARTING,
        /** It does not start, and nobody tries any more. */
        DEAD
    }

    boolean isReady() {
        return serving == Serving.READY;
    }

    boolean runs(String revision) {
        return files.equals(revision) && process.equals(revision);
    }

    Machine withFiles(String revision) {
        return new Machine(revision, process, serving);
    }

    Machine restarted() {
        return new Machine(files, files, Serving.RESTARTING);
    }

    Machine with(Serving now) {
        return new Machine(files, process, now);
    }
}
