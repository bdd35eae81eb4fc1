package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How a change reaches the nodes. */
public record Rollout(
        @Default("false")
        @JsonPropertyDescription("Give no further node its turn. A node that is being changed is finished.")
        Boolean paused,

        @Default("10")
        @Min(0)
        @Max(600)
        @JsonPropertyDescription("Seconds, beyond kube-apiserver's own --shutdown-delay-duration, that a stopping"
                + " kube-apiserver gets to finish requests before it is killed.")
        Integer drainSeconds,

        @Default("30")
        @Min(0)
        @Max(3600)
        @JsonPropertyDescription("Seconds that every kube-apiserver must have been ready before the next is"
                + " restarted: time for load balancers to see it.")
        Integer minReadySeconds,

        @Default("180")
        @Min(30)
        @Max(3600)
        @JsonPropertyDescription(
                "Seconds after a restart within which kube-apiserver must be proven to run the new" + " policy.")
        Integer verifyTimeoutSeconds) {

    /** The CRD's defaults hold also where another CRD let an object pass without them. */
    public Rollout {
        paused = paused != null && paused;
        drainSeconds = drainSeconds == null ? 10 : drainSeconds;
        minReadySeconds = minReadySeconds == null ? 30 : minReadySeconds;
        verifyTimeoutSeconds = verifyTimeoutSeconds == null ? 180 : verifyTimeoutSeconds;
    }
}
