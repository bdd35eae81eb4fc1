package dev.auditpolicy.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why a change is rolled back.
 *
 * @param message human-readable reason
 */
public record RollbackReason(Cause cause, String message) {

    /** Determines which file the rollback restores first. */
    public enum Cause {
        /** kube-apiserver exited and named the policy in its error: with the previous policy the present pod may start. */
        @JsonProperty("PolicyError")
        POLICY_ERROR,
        /** Anything else: the previous policy alone does not make the present pod start. */
        @JsonProperty("Other")
        OTHER
    }

    public static RollbackReason other(String message) {
        return new RollbackReason(Cause.OTHER, message);
    }
}
