package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How a turn ended. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "endedAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record TurnOutcome(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("id is the ID of the turn.")
        String id,

        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the revision of the turn.")
        String revision,

        @Required @Min(1) @JsonPropertyDescription("attempt is the attempt of the turn.")
        Integer attempt,

        @Required
        @JsonPropertyDescription("result is Effective, RolledBack, Failed or Abandoned (nothing was changed).")
        Result result,

        @Required @JsonPropertyDescription("endedAt is the time at which the turn ended.") @DateTime
        Instant endedAt,

        @Required
        @Size(max = 4096)
        @JsonPropertyDescription("message is a human-readable explanation of result. It may be empty.")
        String message,

        @JsonPropertyDescription("restart is how kube-apiserver was restarted. Absent if nothing was changed.")
        @Nullable
        RestartChoice restart) {

    public TurnOutcome {
        endedAt = endedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** This outcome of a turn that restarted kube-apiserver. */
    public TurnOutcome withRestart(@Nullable RestartChoice choice) {
        return new TurnOutcome(id, revision, attempt, result, endedAt, message, choice);
    }

    /** The result of a turn. */
    public enum Result {
        /** The running kube-apiserver is proven to run the revision. */
        @JsonProperty("Effective")
        EFFECTIVE,
        /** The change failed and was rolled back; kube-apiserver is proven to run the previous configuration. */
        @JsonProperty("RolledBack")
        ROLLED_BACK,
        /** The change failed, and no configuration of kube-apiserver is proven. */
        @JsonProperty("Failed")
        FAILED,
        /** The turn ended before anything was changed. */
        @JsonProperty("Abandoned")
        ABANDONED
    }
}
