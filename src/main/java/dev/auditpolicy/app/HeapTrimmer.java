package dev.auditpolicy.app;

import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.Optional;

/**
 * Returns memory to the node after a phase change. The serial collector returns memory only after a full collection, and an
 * idle agent may not trigger one for hours.
 */
final class HeapTrimmer implements StatusListener {

    @Override
    public void read(AuditNode node) {
        // Reading allocates little.
    }

    @Override
    public void written(AuditNode node, AuditNodeStatus status, Optional<AuditNodeStatus> before) {
        if (!before.map(AuditNodeStatus::phase).equals(Optional.ofNullable(status.phase()))) {
            System.gc();
        }
    }
}
