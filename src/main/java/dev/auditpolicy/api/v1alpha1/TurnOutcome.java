package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How a turn ended. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "endedAt")
public record TurnOutcome(
        @Required @JsonPropertyDescription("Id of the turn.")
        String id,

        @Required @JsonPropertyDescription("The turn's revision.")
        String revision,

        @Required @JsonPropertyDescription("The turn's attempt.")
        Integer attempt,

        @Required @JsonPropertyDescription("Effective, RolledBack, Failed or Abandoned (nothing was changed).")
        Result result,

        @Required @JsonPropertyDescription("When the turn ended.") @DateTime
        Instant endedAt,

        @Required @Size(max = 4096) @JsonPropertyDescription("Why, for people. May be empty.")
        String message,

        @JsonPropertyDescription("How kube-apiserver was restarted; absent where nothing was changed.")
        RestartChoice restart) {

    public TurnOutcome {
        endedAt = endedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** This outcome, of a turn that restarted kube-apiserver so. */
    public TurnOutcome by(RestartChoice choice) {
        return new TurnOutcome(id, revision, attempt, result, endedAt, message, choice);
    }

    /** The ways in which a turn ends. */
    public enum Result {
        /** The live kube-apiserver was proven to run the revision. */
        @JsonProperty("Effective")
        EFFECTIVE,
        /** The change failed and was taken back; kube-apiserver was proven to run what it ran before. */
        @JsonProperty("RolledBack")
        ROLLED_BACK,
        /** The change failed, and what kube-apiserver runs now is not proven. */
        @JsonProperty("Failed")
        FAILED,
        /** The turn was given back before anything was changed. */
        @JsonProperty("Abandoned")
        ABANDONED
    }
}
