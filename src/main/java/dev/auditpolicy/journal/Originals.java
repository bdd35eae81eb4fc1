package dev.auditpolicy.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit configuration that somebody else had on the node, and that a takeover has replaced, or has kept because it means the
 * same.
 *
 * @param manifest as it was, without any part of this operator
 * @param foreignLines the numbers of its lines, from 0, that the takeover removed, or would have
 * @param policy the file at the path of ours, null if there was none
 * @param kept true if the takeover has changed nothing: with these the node runs what it was last proven to run. Null after it
 *     was replaced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Originals(
        FileImage manifest,
        List<Integer> foreignLines,
        @Nullable FileImage policy,
        @Nullable Boolean kept) {

    public Originals {
        requireNonNull(manifest, "manifest is null");
        foreignLines = foreignLines == null ? List.of() : List.copyOf(foreignLines);
    }

    /** Those that were replaced. */
    public Originals(FileImage manifest, List<Integer> foreignLines, @Nullable FileImage policy) {
        this(manifest, foreignLines, policy, null);
    }

    /** These, which stay on the node as they are. */
    public Originals keeping() {
        return new Originals(manifest, foreignLines, policy, true);
    }

    /** These, which something of this operator replaces. */
    Originals replaced() {
        return new Originals(manifest, foreignLines, policy, null);
    }

    public boolean areKept() {
        return Boolean.TRUE.equals(kept);
    }

    /** What a node is proven to run that runs {@code spec}: the policy that is there may have another text of the same meaning. */
    AuditNodeSpec proven(AuditNodeSpec spec) {
        return areKept() && policy != null ? spec.withPolicy(policy.text()) : spec;
    }
}
