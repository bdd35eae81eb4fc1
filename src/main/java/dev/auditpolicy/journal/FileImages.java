package dev.auditpolicy.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The two files of a turn, before and after.
 *
 * @param policyBefore null when there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileImages(
        @Nullable FileImage policyBefore, FileImage policyAfter, FileImage manifestBefore, FileImage manifestAfter) {

    public FileImages {
        requireNonNull(policyAfter, "policyAfter is null");
        requireNonNull(manifestBefore, "manifestBefore is null");
        requireNonNull(manifestAfter, "manifestAfter is null");
    }
}
