package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

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
        Integer verifyTimeoutSeconds,

        @JsonPropertyDescription(
                "approve decides who starts the rollout of a revision: Automatic (the default) as soon as every node has checked"
                        + " it, Manual only once approvedRevision names it. status.plan says before what it will change. What"
                        + " brings a node back to committedRevision, and the end of temporaryRules, need no approval.")
        @Nullable
        Approval approve,

        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "approvedRevision names the revision, as in status.revision, whose rollout may start despite approve: Manual"
                        + " and maxGrowth.")
        @Nullable
        String approvedRevision,

        @Size(max = 16)
        @Pattern("^[1-9][0-9]{0,5}(\\.[0-9]+)?x$")
        @JsonPropertyDescription(
                "maxGrowth, such as 3x, holds a rollout if the log of a node is predicted to grow more than so many times as fast"
                        + " as now, by the maximum of the prediction, until approvedRevision names the revision.")
        @Nullable
        String maxGrowth) {

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

    /** A rollout that starts without approval. */
    public Rollout(Boolean paused, Integer drainSeconds, Integer minReadySeconds, Integer verifyTimeoutSeconds) {
        this(paused, drainSeconds, minReadySeconds, verifyTimeoutSeconds, null, null, null);
    }

    /** Whether a revision may be rolled out only once it is named. */
    public boolean waitsForApproval() {
        return approve == Approval.MANUAL;
    }

    /** The rollout of an AuditPolicy that does not configure it. */
    public static Rollout defaults() {
        return new Rollout(
                DEFAULT_PAUSED, DEFAULT_DRAIN_SECONDS, DEFAULT_MIN_READY_SECONDS, DEFAULT_VERIFY_TIMEOUT_SECONDS);
    }
}
