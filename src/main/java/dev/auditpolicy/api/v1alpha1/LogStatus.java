package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log of a node, measured when the proof was made or renewed. The agent's metrics are more recent. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "truncatedAt")
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
        Long retentionHours,

        @JsonPropertyDescription(
                "truncatedAt is the last time at which the agent noticed that another process had truncated or"
                        + " overwritten the log. The events in it are lost. Absent if it never did.")
        @DateTime
        @Nullable
        Instant truncatedAt,

        @Size(max = 4096)
        @JsonPropertyDescription(
                "previousPath is the file that kube-apiserver wrote to before log.path was changed. Neither"
                        + " kube-apiserver nor the operator removes it.")
        @Nullable
        String previousPath) {

    public LogStatus {
        eventRates = Lists.orEmpty(eventRates);
        truncatedAt = truncatedAt == null ? null : truncatedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A log whose past is not known. */
    public LogStatus(
            @Nullable String path,
            @Nullable Long sizeBytes,
            @Nullable Long worstCaseBytes,
            @Nullable Long freeBytes,
            @Nullable Long bytesPerSecond,
            List<EventRate> eventRates,
            @Nullable Long retentionHours) {
        this(path, sizeBytes, worstCaseBytes, freeBytes, bytesPerSecond, eventRates, retentionHours, null, null);
    }

    /** This log, truncated at {@code time}. */
    public LogStatus truncated(@Nullable Instant time) {
        return with(time, previousPath);
    }

    /** This log with the past that {@code before} states. */
    public LogStatus after(LogStatus before) {
        var isMoved = path != null && before.path != null && !path.equals(before.path);
        return with(
                truncatedAt != null || isMoved ? truncatedAt : before.truncatedAt,
                isMoved ? before.path : before.previousPath);
    }

    private LogStatus with(@Nullable Instant truncated, @Nullable String previous) {
        return new LogStatus(
                path,
                sizeBytes,
                worstCaseBytes,
                freeBytes,
                bytesPerSecond,
                eventRates,
                retentionHours,
                truncated,
                previous);
    }
}
