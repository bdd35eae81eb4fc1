package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The audit log of a node. Measured when the proof was made or renewed; the agent's metrics are newer. */
public record LogStatus(
        @JsonPropertyDescription("The file that the live kube-apiserver writes to.")
        String path,

        @JsonPropertyDescription("Size of the log, rotated files included.")
        Long sizeBytes,

        @JsonPropertyDescription("The most that the rotation lets the log take up: maxSizeMB times the file that is"
                + " written to and maxBackups. Absent where maxBackups is 0: there is no bound.")
        Long worstCaseBytes,

        @JsonPropertyDescription("What is left of its file system.")
        Long freeBytes,

        @JsonPropertyDescription(
                "What the log grows by, on average since the last measurement. Absent in the first minute.")
        Long bytesPerSecond,

        @Size(max = 4)
        @JsonPropertyDescription("Events a second by level. Absent where log.format is legacy, which tells no levels.")
        List<EventRate> eventRates,

        @JsonPropertyDescription(
                "How long an event is kept at this rate until rotation removes it. Absent where it never is.")
        Long retentionHours) {

    public LogStatus {
        eventRates = Lists.orEmpty(eventRates);
    }
}
