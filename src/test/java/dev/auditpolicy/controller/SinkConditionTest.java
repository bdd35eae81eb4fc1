package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Member;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SinkConditionTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final AuditPolicyStatus STATUS = new AuditPolicyStatus(1L, "a", null, null, null, List.of());

    private final SinkCondition condition = new SinkCondition(new StatusFactory(() -> NOW));

    private static AuditPolicy policy(Optional<WebhookBackend> webhook) {
        var policy = new AuditPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withGeneration(1L).build());
        policy.setSpec(new AuditPolicySpec(null, null, webhook.orElse(null), null, null, null));
        return policy;
    }

    private static AuditNode node(String name, String status, String reason, String message) {
        var node = new AuditNode();
        node.setMetadata(new ObjectMetaBuilder().withName(name).build());
        var condition = new Condition("SinkHealthy", status, 1L, NOW, reason, message);
        node.setStatus(new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of(condition)));
        return node;
    }

    private static Observation observation(List<String> members, AuditNode... nodes) {
        var byName = List.of(nodes).stream()
                .collect(Collectors.toMap(node -> node.getMetadata().getName(), node -> node));
        return new Observation(
                members.stream()
                        .<Member>map(name -> new Member.OfHost(name, name))
                        .toList(),
                Map.copyOf(byName),
                List.of(),
                List.of(),
                List.of());
    }

    private Condition of(Observation observation) {
        var status = condition.addTo(STATUS, policy(Optional.of(WebhookBackend.of("audit-webhook"))), observation);
        assertThat(status.conditions()).hasSize(1);
        return status.conditions().getFirst();
    }

    @Test
    void isAbsentWithoutAWebhook() {
        var observation = observation(List.of("cp1"), node("cp1", "False", "NotDelivering", "old"));

        assertThat(condition.addTo(STATUS, policy(Optional.empty()), observation))
                .isEqualTo(STATUS);
    }

    @Test
    void isTrueIfAllNodesDeliver() {
        var observation = observation(
                List.of("cp1", "cp2"), node("cp1", "True", "Delivering", ""), node("cp2", "True", "Delivering", ""));

        assertThat(of(observation).status()).isEqualTo("True");
    }

    @Test
    void oneNodeThatFailsMakesItFalse() {
        var found = of(observation(
                List.of("cp1", "cp2"),
                node("cp1", "True", "Delivering", ""),
                node("cp2", "False", "Redirected", "redirects to /events")));

        assertThat(found.status()).isEqualTo("False");
        assertThat(found.reason()).isEqualTo("Redirected");
        assertThat(found.message())
                .isEqualTo("1 of 2 kube-apiservers do not deliver their events: cp2: redirects to /events");
    }

    @Test
    void isUnknownWhileANodeHasNotReported() {
        var found = of(observation(List.of("cp1", "cp2"), node("cp1", "True", "Delivering", "")));

        assertThat(found.status()).isEqualTo("Unknown");
        assertThat(found.message()).startsWith("1 of 2");
    }

    @Test
    void aNodeThatHasLeftDoesNotCount() {
        var observation = observation(
                List.of("cp1"), node("cp1", "True", "Delivering", ""), node("gone", "False", "NotDelivering", "old"));

        assertThat(of(observation).status()).isEqualTo("True");
    }
}
