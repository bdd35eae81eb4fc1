package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log of a node, measured when the proof was made or renewed. The agent's metrics are more recent. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogStatus(
        @Size(max = 4096)
        @JsonPropertyDescription("path is the file that the running kube-apiserver writes to.")
        @Nullable
        String path,

        @JsonPropertyDescription("sizeBytes is the size of the log, including rotated files.") @Nullable
        Long sizeBytes,

        @JsonPropertyDescription(
                "worstCaseBytes is the maximum size that rotation allows: maxSizeMB times (maxBackups + 1)."
                        + " Absent if maxBackups is 0, because the size is then unlimited.")
        @Nullable
        Long worstCaseBytes,

        @JsonPropertyDescription("freeBytes is the free space of the log's file system.") @Nullable
        Long freeBytes,

        @JsonPropertyDescription(
                "bytesPerSecond is the average growth of the log since the previous measurement. Absent in"
                        + " the first minute.")
        @Nullable
        Long bytesPerSecond,

        @Size(max = 4)
        @JsonPropertyDescription(
                "eventRates is the number of events per second by level. Absent if log.format is legacy,"
                        + " which has no levels.")
        List<EventRate> eventRates,

        @JsonPropertyDescription(
                "retentionHours is how long rotation keeps an event at the current rate. Absent if rotation"
                        + " never removes it.")
        @Nullable
        Long retentionHours) {

    public LogStatus {
        eventRates = Lists.orEmpty(eventRates);
    }
}
