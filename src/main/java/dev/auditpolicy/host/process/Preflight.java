package dev.auditpolicy.host.process;

import java.util.Map;

/** Asks the node's own kube-apiserver program whether it would start. A port, so that a test can answer. */
public interface Preflight {

    /**
     * Takes a second, and leaves nothing behind.
     *
     * @param process whose program is asked
     * @param policy the text of the policy file
     * @param auditFlags the audit flags, without leading dashes
     */
    Verdict check(ApiServerProcess process, String policy, Map<String, String> auditFlags) throws InterruptedException;

    /** What came of it. */
    sealed interface Verdict {

        /** It loads the policy, and takes every flag. */
        record Loads() implements Verdict {}

        /** It would not start, or not record what the policy says; in its own words. */
        record Refuses(String words) implements Verdict {}

        /** It could not be asked: this is no pass. */
        record NotPossible(String reason) implements Verdict {}
    }
}
