package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the files of a node from a spec and the current files, for one kind of host. */
public interface HostPlanner {

    /**
     * The files for {@code spec}, or why the node cannot run it.
     *
     * @param ownership what of the current files is this operator's
     */
    NodePlan plan(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership);

    /** What the live kube-apiserver is to run; empty if the node cannot be changed to that. */
    Optional<Goal> goal(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership);

    /** Whether nothing on the node is this operator's, as far as its files and the journal show. */
    boolean isUntouched(NodeSnapshot node, Ownership ownership);

    /** What giving back leaves of these files as somebody has changed it, in words. */
    List<String> keptEdits(FileImages images, Ownership ownership);

    /**
     * What rolling a turn back makes of a configuration that somebody has changed since: it keeps their part, and reverts ours.
     *
     * @param lastVerified what kube-apiserver ran before, if this operator had changed the node before
     * @param hasReturned whether the turn was to give back what a takeover had replaced
     */
    Optional<FileImage> revert(
            Optional<FileImage> current, FileImages images, Optional<AuditNodeSpec> lastVerified, boolean hasReturned);

    /**
     * The node without this operator.
     *
     * @param flags the audit flags of its kube-apiserver; empty if its manifest has them
     */
    record Removal(Optional<FileImage> configuration, Optional<Map<String, String>> flags) {}

    /**
     * Takes this operator out of the node.
     *
     * @throws IOException if our parts cannot be removed; the message has the way out
     */
    Removal removal(NodeSnapshot node, Ownership ownership) throws IOException;

    /** Whether kube-apiserver needs the policy file at our path, or may need it, the next time it starts. */
    boolean needsPolicy(NodeSnapshot node);
}
