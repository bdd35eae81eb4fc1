package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How a change is rolled out. */
public record Rollout(
        @Default("" + Rollout.DEFAULT_PAUSED)
        @JsonPropertyDescription(
                "paused stops the rollout before the next node. A node that is being changed is completed.")
        Boolean paused,

        @Default("" + Rollout.DEFAULT_DRAIN_SECONDS)
        @Min(0)
        @Max(600)
        @JsonPropertyDescription("drainSeconds is the number of seconds, in addition to kube-apiserver's own"
                + " --shutdown-delay-duration, in which a stopping kube-apiserver can complete requests before"
                + " it is killed.")
        Integer drainSeconds,

        @Default("" + Rollout.DEFAULT_MIN_READY_SECONDS)
        @Min(0)
        @Max(3600)
        @JsonPropertyDescription(
                "minReadySeconds is the number of seconds for which every kube-apiserver must have been"
                        + " ready before the next one is restarted. Load balancers need this time to detect it.")
        Integer minReadySeconds,

        @Default("" + Rollout.DEFAULT_VERIFY_TIMEOUT_SECONDS)
        @Min(30)
        @Max(3600)
        @JsonPropertyDescription(
                "verifyTimeoutSeconds is the number of seconds after a restart within which kube-apiserver"
                        + " must be proven to run the new policy. Otherwise the change is rolled back.")
        Integer verifyTimeoutSeconds) {

    static final boolean DEFAULT_PAUSED = false;
    static final int DEFAULT_DRAIN_SECONDS = 10;
    static final int DEFAULT_MIN_READY_SECONDS = 30;
    static final int DEFAULT_VERIFY_TIMEOUT_SECONDS = 180;

    /** Applies the CRD's defaults to an object that another version of the CRD accepted without them. */
    public Rollout {
        paused = paused == null ? DEFAULT_PAUSED : paused;
        drainSeconds = drainSeconds == null ? DEFAULT_DRAIN_SECONDS : drainSeconds;
        minReadySeconds = minReadySeconds == null ? DEFAULT_MIN_READY_SECONDS : minReadySeconds;
        verifyTimeoutSeconds = verifyTimeoutSeconds == null ? DEFAULT_VERIFY_TIMEOUT_SECONDS : verifyTimeoutSeconds;
    }

    /** The rollout of an AuditPolicy that does not configure it. */
    public static Rollout defaults() {
        return new Rollout(
                DEFAULT_PAUSED, DEFAULT_DRAIN_SECONDS, DEFAULT_MIN_READY_SECONDS, DEFAULT_VERIFY_TIMEOUT_SECONDS);
    }
}
