package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.WebhookStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened to the delivery of events to the webhook, as an Event reports it once. */
record SinkChange(EventRecorder.Type type, String reason, String note) {

    static List<SinkChange> between(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        var changes = new ArrayList<SinkChange>();
        var known = before.flatMap(SinkChange::condition).map(Condition::status);
        condition(now)
                .filter(condition -> known.filter(condition.status()::equals).isEmpty())
                .flatMap(condition -> delivery(condition, known))
                .ifPresent(changes::add);
        var lost = lostAtStop(Optional.of(now));
        if (lost > 0 && lost != lostAtStop(before)) {
            changes.add(new SinkChange(
                    EventRecorder.Type.Warning,
                    "WebhookEventsLostAtStop",
                    "the previous kube-apiserver ended with about " + lost
                            + " events that the webhook had not taken: they are lost"));
        }
        return List.copyOf(changes);
    }

    private static Optional<SinkChange> delivery(Condition condition, Optional<String> known) {
        return switch (condition.status()) {
            case Condition.FALSE ->
                Optional.of(new SinkChange(EventRecorder.Type.Warning, "WebhookNotDelivering", condition.message()));
            case Condition.TRUE ->
                known.filter(Condition.FALSE::equals)
                        .map(_ -> new SinkChange(EventRecorder.Type.Normal, "WebhookDelivering", condition.message()));
            default -> Optional.empty();
        };
    }

    private static Optional<Condition> condition(AuditNodeStatus status) {
        return status.conditions().stream().filter(SinkCondition::isOne).findFirst();
    }

    private static long lostAtStop(Optional<AuditNodeStatus> status) {
        return status.map(AuditNodeStatus::webhook)
                .map(WebhookStatus::lostAtStop)
                .orElse(0L);
    }
}
