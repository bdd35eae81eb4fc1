package dev.auditpolicy.agent.metrics;

import static dev.auditpolicy.telemetry.Family.gauge;

import dev.auditpolicy.agent.status.SinkCondition;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.telemetry.Family;
import dev.auditpolicy.telemetry.Family.Kind;
import dev.auditpolicy.telemetry.Family.Sample;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics of the webhook. They have no samples on a node without one. */
final class WebhookFamilies {

    private WebhookFamilies() {}

    /** @param status for its condition, which takes the answers of the receiver into account */
    static List<Family> of(Optional<SinkHealth> sink, Optional<AuditNodeStatus> status) {
        return List.of(
                gauge(
                        "auditpolicy_webhook_delivering",
                        "1 while the requests of kube-apiserver to the webhook succeed, 0 while they fail or are redirected.",
                        status.flatMap(WebhookFamilies::delivering)),
                counter(
                        "auditpolicy_webhook_sent_events_total",
                        "About how many events the live kube-apiserver has delivered to the webhook.",
                        sink.map(health -> health.counters().events() - health.lost() - health.unsent())),
                gauge(
                        "auditpolicy_webhook_unsent_events",
                        "About how many events wait for a request to the webhook that succeeds.",
                        sink.map(SinkHealth::unsent)),
                counter(
                        "auditpolicy_webhook_lost_events_total",
                        "Events that the live kube-apiserver has given up after five attempts, or because its buffer was full.",
                        sink.map(SinkHealth::lost)));
    }

    private static Optional<Integer> delivering(AuditNodeStatus status) {
        return status.conditions().stream()
                .filter(SinkCondition::isOne)
                .filter(condition -> !condition.status().equals(Condition.UNKNOWN))
                .map(condition -> condition.status().equals(Condition.TRUE) ? 1 : 0)
                .findFirst();
    }

    private static Family counter(String name, String help, Optional<Long> value) {
        return new Family(
                name,
                Kind.COUNTER,
                help,
                value.map(count -> new Sample(Map.of(), (double) count)).stream()
                        .toList());
    }
}
