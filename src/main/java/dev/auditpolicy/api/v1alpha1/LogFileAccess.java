package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Who may read the log on a node. */
public record LogFileAccess(
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription(
                "group is the ID of the group of the log. It is a number, because the names of groups differ between the"
                        + " node and the image of a log shipper. Absent, the group is left as it is.")
        @Nullable
        Integer group,

        @JsonPropertyDescription(
                "mode is the permission bits of the log, a string: \"0640\" (the default, the group may read it),"
                        + " \"0600\" or \"0644\". kube-apiserver keeps no other write permission over a rotation.")
        @Nullable
        LogFileMode mode) {

    public LogFileMode effectiveMode() {
        return mode == null ? LogFileMode.GROUP : mode;
    }
}
