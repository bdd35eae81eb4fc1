package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.List;
import java.util.Optional;

/** Hears what the status of the agent's own AuditNode says. It is called by the agent's loop and must not hold it up. */
public interface StatusListener {

    /** The AuditNode was read. */
    void read(AuditNode node);

    /**
     * Its status was written.
     *
     * @param node as it is now
     * @param before the status that it had
     */
    void written(AuditNode node, Optional<AuditNodeStatus> before);

    /** Tells each of {@code listeners} in turn. */
    static StatusListener all(StatusListener... listeners) {
        var all = List.of(listeners);
        return new StatusListener() {
            @Override
            public void read(AuditNode node) {
                all.forEach(listener -> listener.read(node));
            }

            @Override
            public void written(AuditNode node, Optional<AuditNodeStatus> before) {
                all.forEach(listener -> listener.written(node, before));
            }
        };
    }
}
