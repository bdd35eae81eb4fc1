package dev.auditpolicy.agent.status;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.util.Optional;

/** Tells each change of phase as an Event about the AuditNode. */
public final class PhaseEvents implements StatusListener {

    private final EventRecorder events;

    public PhaseEvents(EventRecorder events) {
        this.events = requireNonNull(events, "events is null");
    }

    @Override
    public void read(AuditNode node) {
        // What is there already was told by whoever wrote it.
    }

    @Override
    public void written(AuditNode node, Optional<AuditNodeStatus> before) {
        PhaseChange.between(before, node.getStatus())
                .ifPresent(change -> events.record(node, change.type(), change.reason(), change.note()));
    }
}
