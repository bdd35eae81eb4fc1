package dev.auditpolicy.host.process;

/** The process that this is. */
public final class OwnProcess {

    private OwnProcess() {}

    /** Ends it now, without a word to any other thread: one of them may be why. */
    public static void end() {
        Runtime.getRuntime().halt(1);
    }
}
