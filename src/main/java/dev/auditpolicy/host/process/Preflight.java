package dev.auditpolicy.host.process;

import java.util.Map;

/** Checks whether the kube-apiserver binary of the node would start with a configuration. A port, so that tests can simulate it. */
public interface Preflight {

    /**
     * Takes about a second and leaves nothing behind.
     *
     * @param process whose binary is used
     * @param policy the text of the policy file
     * @param auditFlags the audit flags, without leading dashes
     */
    Verdict check(ApiServerProcess process, String policy, Map<String, String> auditFlags) throws InterruptedException;

    /** The result. */
    sealed interface Verdict {

        /** It loads the policy and accepts every flag. */
        record Loads() implements Verdict {}

        /**
         * It would not start because of the policy or an audit flag, or would ignore part of the policy.
         *
         * @param message of kube-apiserver about audit
         */
        record Refuses(String message) implements Verdict {}

        /** kube-apiserver could not be asked: that may be different a moment later. This does not count as a pass. */
        record NotPossible(String reason) implements Verdict {}
    }
}
