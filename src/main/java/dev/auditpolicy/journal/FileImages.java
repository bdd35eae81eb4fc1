package dev.auditpolicy.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two files of a turn, before and after.
 *
 * @param policyBefore null when there was none
 * @param takenLines the numbers of the lines, from 0, of manifestBefore that the turn takes over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileImages(
        @Nullable FileImage policyBefore,
        FileImage policyAfter,
        FileImage manifestBefore,
        FileImage manifestAfter,
        List<Integer> takenLines) {

    public FileImages {
        requireNonNull(policyAfter, "policyAfter is null");
        requireNonNull(manifestBefore, "manifestBefore is null");
        requireNonNull(manifestAfter, "manifestAfter is null");
        takenLines = takenLines == null ? List.of() : List.copyOf(takenLines);
    }

    /** The files of a turn that takes nothing over. */
    public FileImages(
            @Nullable FileImage policyBefore,
            FileImage policyAfter,
            FileImage manifestBefore,
            FileImage manifestAfter) {
        this(policyBefore, policyAfter, manifestBefore, manifestAfter, List.of());
    }
}
