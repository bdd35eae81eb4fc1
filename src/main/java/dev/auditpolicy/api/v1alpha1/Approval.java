package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who starts the rollout of a revision. */
public enum Approval {
    /** The operator, as soon as every node has checked the revision. */
    @JsonProperty("Automatic")
    AUTOMATIC,
    /** Whoever names the revision in {@code approvedRevision}. */
    @JsonProperty("Manual")
    MANUAL
}
