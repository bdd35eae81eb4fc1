package dev.auditpolicy.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two files of a turn, before and after. Releases that knew only static pods have named the configuration after its manifest.
 *
 * @param policyBefore null when there was none
 * @param configurationBefore the static pod manifest, or our drop-in of the unit: null when there was none
 * @param configurationAfter null when the turn deletes it
 * @param takenLines the numbers of the lines, from 0, of a manifest before that the turn takes over
 * @param flagsBefore the audit flags that kube-apiserver had; null if its manifest has them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileImages(
        @Nullable FileImage policyBefore,
        FileImage policyAfter,
        @JsonProperty("manifestBefore") @Nullable FileImage configurationBefore,
        @JsonProperty("manifestAfter") @Nullable FileImage configurationAfter,
        List<Integer> takenLines,
        @Nullable Map<String, String> flagsBefore) {

    public FileImages {
        requireNonNull(policyAfter, "policyAfter is null");
        takenLines = takenLines == null ? List.of() : List.copyOf(takenLines);
        flagsBefore = flagsBefore == null ? null : Map.copyOf(flagsBefore);
    }

    /** The files of a node with static pods. */
    public FileImages(
            @Nullable FileImage policyBefore,
            FileImage policyAfter,
            FileImage manifestBefore,
            FileImage manifestAfter,
            List<Integer> takenLines) {
        this(policyBefore, policyAfter, manifestBefore, manifestAfter, takenLines, null);
    }

    /** The files of a turn that takes nothing over. */
    public FileImages(
            @Nullable FileImage policyBefore,
            FileImage policyAfter,
            FileImage manifestBefore,
            FileImage manifestAfter) {
        this(policyBefore, policyAfter, manifestBefore, manifestAfter, List.of());
    }

    /** The configuration before the turn, if there was one. */
    public Optional<FileImage> before() {
        return Optional.ofNullable(configurationBefore);
    }

    /** The configuration that the turn writes, unless it deletes it. */
    public Optional<FileImage> after() {
        return Optional.ofNullable(configurationAfter);
    }
}
