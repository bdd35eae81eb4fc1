package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A change on a node that undoes what a turn has brought there. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "noticedAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Drift(
        @Required
        @JsonPropertyDescription(
                "cause is Regenerated (the manifest has no part of this operator, as kubeadm writes it), LogLost (the"
                        + " audit log was deleted or moved) or Edited (anything else).")
        Cause cause,

        @Required @JsonPropertyDescription("noticedAt is the time at which the agent noticed the change.") @DateTime
        Instant noticedAt,

        @Required
        @JsonPropertyDescription(
                "edits is the number of changes with the cause Edited, each within 10 minutes after a turn had"
                        + " reverted the one before.")
        Integer edits,

        @Required @JsonPropertyDescription("changes is the number of such changes with any cause.")
        Integer changes) {

    /** A second edit so soon is deliberate. kubeadm may well rewrite a manifest twice, but not over and over. */
    private static final int DELIBERATE_EDITS = 2;

    private static final int DELIBERATE_CHANGES = 4;

    /** What was changed. */
    public enum Cause {
        /** A change of a file that the operator writes, other than a rewrite of the manifest. */
        @JsonProperty("Edited")
        EDITED,
        /** The manifest has no part of this operator. */
        @JsonProperty("Regenerated")
        REGENERATED,
        /** The audit log is no longer the file on disk. */
        @JsonProperty("LogLost")
        LOG_LOST
    }

    public Drift {
        noticedAt = noticedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The first change. */
    public static Drift first(Cause cause, Instant now) {
        return new Drift(cause, now, cause == Cause.EDITED ? 1 : 0, 1);
    }

    /** Another change after this one was reverted. */
    public Drift next(Cause nextCause, Instant now) {
        return new Drift(nextCause, now, edits + (nextCause == Cause.EDITED ? 1 : 0), changes + 1);
    }

    /** Whether another party insists on the change: two parties that revert each other would restart kube-apiserver forever. */
    public boolean looksDeliberate() {
        return edits >= DELIBERATE_EDITS || changes >= DELIBERATE_CHANGES;
    }
}
