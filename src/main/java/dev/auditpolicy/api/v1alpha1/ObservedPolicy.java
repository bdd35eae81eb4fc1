package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The audit policy that a kube-apiserver runs. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ObservedPolicy(
        @Required
        @Size(max = Observed.MAX_PATH_LENGTH)
        @JsonPropertyDescription("path is the file that the flag --audit-policy-file names, in the container.")
        String path,

        @Size(max = 64)
        @JsonPropertyDescription("sha256 is the SHA-256 of the file, hexadecimal. Absent if it cannot be read.")
        @Nullable
        String sha256,

        @Size(max = 64)
        @JsonPropertyDescription(
                "meaning is a hash of the policy's meaning: two files that differ only in format have the same."
                        + " Absent if kube-apiserver would not load the file.")
        @Nullable
        String meaning,

        @Size(max = ObservedPolicy.MAX_TEXT_LENGTH)
        @JsonPropertyDescription(
                "text is the content of the file. Absent if it is that of spec.policy, longer than 65536 characters, or"
                        + " not readable.")
        @Nullable
        String text) {

    /**
     * Four times the longest policy of a distribution. A status with more would cost each reader of all AuditNodes
     * memory and etcd space for a text that is a file on the node.
     */
    public static final int MAX_TEXT_LENGTH = 65536;

    public ObservedPolicy {
        path = Message.bounded(path, Observed.MAX_PATH_LENGTH);
        text = text == null || text.length() > MAX_TEXT_LENGTH ? null : text;
    }

    /** This policy without its text, where that is known from elsewhere. */
    public ObservedPolicy withoutText() {
        return new ObservedPolicy(path, sha256, meaning, null);
    }
}
