package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.List;
import java.util.Optional;

/** Is notified of the status of the agent's own AuditNode. The agent's loop calls it, so it must not block. */
public interface StatusListener {

    /** The AuditNode was read. */
    void read(AuditNode node);

    /**
     * The status of the AuditNode was written.
     *
     * @param node the updated object
     * @param status what was written
     * @param before the status before that
     */
    void written(AuditNode node, AuditNodeStatus status, Optional<AuditNodeStatus> before);

    /** Notifies each of {@code listeners}, in order. */
    static StatusListener all(StatusListener... listeners) {
        var all = List.of(listeners);
        return new StatusListener() {
            @Override
            public void read(AuditNode node) {
                all.forEach(listener -> listener.read(node));
            }

            @Override
            public void written(AuditNode node, AuditNodeStatus status, Optional<AuditNodeStatus> before) {
                all.forEach(listener -> listener.written(node, status, before));
            }
        };
    }
}
