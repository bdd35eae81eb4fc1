package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.util.Optional;

/** Records an Event on the AuditNode for each change of its phase, and for what happens to its audit log and its webhook. */
public final class PhaseEvents implements StatusListener {

    private final EventRecorder events;

    public PhaseEvents(EventRecorder events) {
        this.events = events;
    }

    @Override
    public void read(AuditNode node) {
        // The agent that wrote this status has already recorded its Event.
    }

    @Override
    public void written(AuditNode node, AuditNodeStatus status, Optional<AuditNodeStatus> before) {
        PhaseChange.between(before, status)
                .ifPresent(change -> events.record(node, change.type(), change.reason(), change.note()));
        GapChange.between(before, status)
                .ifPresent(change -> events.record(node, change.type(), change.reason(), change.note()));
        LogChange.between(before, status)
                .forEach(change -> events.record(node, change.type(), change.reason(), change.note()));
        SinkChange.between(before, status)
                .forEach(change -> events.record(node, change.type(), change.reason(), change.note()));
    }
}
