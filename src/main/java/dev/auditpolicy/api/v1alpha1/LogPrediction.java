package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a revision would write, by the events that the node's log has of the last minutes, and by the requests that
 * kube-apiserver has counted of those that are not in it.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogPrediction(
        @Required @JsonPropertyDescription("bytesPerSecond is what the policy that runs now writes.")
        Long bytesPerSecond,

        @Required @JsonPropertyDescription("minBytesPerSecond is the least that the revision is expected to write.")
        Long minBytesPerSecond,

        @Required
        @JsonPropertyDescription(
                "maxBytesPerSecond is the most that the revision is expected to write: sizes of bodies that are not in the log,"
                        + " and users of requests that are not, are not known.")
        Long maxBytesPerSecond,

        @JsonPropertyDescription(
                "retentionHours is how long rotation will keep an event at maxBytesPerSecond. Absent if rotation never"
                        + " removes it.")
        @Nullable
        Long retentionHours,

        @Required @Size(max = 1024) @JsonPropertyDescription("basis says what the prediction is based on.")
        String basis) {

    /** How much more than now the revision writes at most, such as 3 for three times; empty if nothing is written now. */
    public OptionalDouble growth() {
        return bytesPerSecond <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) maxBytesPerSecond / bytesPerSecond);
    }
}
