package dev.auditpolicy.app;

import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.Optional;

/**
 * Gives the memory of a check or a turn back to the node when it is over. The serial collector gives back at a full
 * collection only, and an agent that rests makes none for hours.
 */
final class HeapTrimmer implements StatusListener {

    @Override
    public void read(AuditNode node) {
        // Reading uses next to nothing.
    }

    @Override
    public void written(AuditNode node, Optional<AuditNodeStatus> before) {
        var phase = node.getStatus().phase();
        if (before.map(AuditNodeStatus::phase).filter(phase::equals).isEmpty()) {
            System.gc();
        }
    }
}
