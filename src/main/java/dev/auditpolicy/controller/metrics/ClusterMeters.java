package dev.auditpolicy.controller.metrics;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.telemetry.ValueName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The statuses of the AuditPolicy and of the AuditNodes as metrics. A value that does not exist, such as a turn, has no
 * sample. If an agent stops, the samples of its node keep their last values.
 */
public final class ClusterMeters {

    private final MultiGauge conditions;
    private final MultiGauge desired;
    private final MultiGauge updated;
    private final MultiGauge effective;
    private final MultiGauge turn;
    private final MultiGauge phases;
    private final MultiGauge provenTimes;
    private final Counter turns;
    private Optional<String> lastTurn = Optional.empty();
    private Optional<String> deletedUid = Optional.empty();

    /** @param version of this build */
    public ClusterMeters(MeterRegistry registry, String version) {
        gauge(
                        registry,
                        "auditpolicy_controller_build_info",
                        "Always 1. The label contains the version of the controller.")
                .register(List.of(Row.of(Tags.of("version", version), 1)));
        conditions = gauge(
                registry,
                "auditpolicy_condition",
                "1 for the current status of a condition of the AuditPolicy, 0 for the other two statuses.");
        desired = gauge(
                registry,
                "auditpolicy_nodes_desired",
                "Number of control-plane nodes, and of live kube-apiservers without such a node.");
        updated = gauge(
                registry,
                "auditpolicy_nodes_updated",
                "Number of control-plane nodes whose files contain the desired revision.");
        effective = gauge(
                registry,
                "auditpolicy_nodes_effective",
                "Number of control-plane nodes whose live kube-apiserver is verified to run the desired revision.");
        turn = gauge(
                registry,
                "auditpolicy_turn_issued_timestamp_seconds",
                "Time at which the node was granted the current turn, in seconds since the Unix epoch.");
        phases = gauge(
                registry,
                "auditpolicy_node_phase",
                "Always 1. The label contains the phase that the agent of the node last reported.");
        provenTimes = gauge(
                registry,
                "auditpolicy_node_proven_timestamp_seconds",
                "Time at which the node's live kube-apiserver was last verified to run its revision, in seconds since the"
                        + " Unix epoch.");
        turns = Counter.builder("auditpolicy_turns_given_total")
                .description("Turns granted to nodes.")
                .register(registry);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /**
     * Removes all samples, because the AuditPolicy is deleted.
     *
     * @param uid of the AuditPolicy: a reconciliation that read it before the deletion may end after it
     */
    public synchronized void deleted(String uid) {
        deletedUid = Optional.of(uid);
        Stream.of(conditions, desired, updated, effective, turn, phases, provenTimes)
                .forEach(gauge -> gauge.register(List.of(), true));
    }

    /**
     * Records the current statuses.
     *
     * @param uid of the AuditPolicy
     */
    public synchronized void update(String uid, AuditPolicyStatus status, Collection<AuditNode> auditNodes) {
        if (deletedUid.filter(uid::equals).isPresent()) {
            return;
        }
        conditions.register(
                status.conditions().stream().flatMap(ClusterMeters::rows).toList(), true);
        var nodes = Optional.ofNullable(status.nodes());
        desired.register(rows(nodes.map(NodeCounts::total)), true);
        updated.register(rows(nodes.map(NodeCounts::updated)), true);
        effective.register(rows(nodes.map(NodeCounts::effective)), true);
        var current = Optional.ofNullable(status.turn());
        turn.register(current.map(ClusterMeters::row).stream().toList(), true);
        current.map(Turn::id)
                .filter(id -> lastTurn.filter(id::equals).isEmpty())
                .ifPresent(this::count);
        phases.register(auditNodes.stream().<Row<?>>map(ClusterMeters::phase).toList(), true);
        provenTimes.register(auditNodes.stream().flatMap(ClusterMeters::proof).toList(), true);
    }

    private void count(String turnId) {
        lastTurn = Optional.of(turnId);
        turns.increment();
    }

    private static List<Row<?>> rows(Optional<Integer> nodes) {
        return nodes.<Row<?>>map(count -> Row.of(Tags.empty(), count)).stream().toList();
    }

    private static Stream<Row<?>> rows(Condition condition) {
        return Stream.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN)
                .<Row<?>>map(status -> Row.of(
                        Tags.of("type", condition.type(), "status", status),
                        condition.status().equals(status) ? 1 : 0));
    }

    private static Row<?> row(Turn turn) {
        return Row.of(Tags.of("node", turn.node()), seconds(turn.issuedAt()));
    }

    /** Without a report, the agent has not checked the revision yet. */
    private static Row<?> phase(AuditNode node) {
        var phase = Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::phase)
                .orElse(Phase.PENDING);
        return Row.of(tags(node).and("phase", ValueName.of(phase)), 1);
    }

    private static Stream<Row<?>> proof(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .flatMap(status -> Optional.ofNullable(status.proof()))
                .<Row<?>>map(proof -> Row.of(tags(node), seconds(proof.provenAt())))
                .stream();
    }

    private static Tags tags(AuditNode node) {
        return Tags.of("node", node.getMetadata().getName());
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
