package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
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
 * What the AuditPolicy's status and the AuditNodes say, as metrics. What is not there, a turn for example, has no sample. With an
 * agent gone its node's samples are still here: of the last that it said.
 */
public final class ClusterMeters {

    private final MultiGauge conditions;
    private final MultiGauge desired;
    private final MultiGauge updated;
    private final MultiGauge effective;
    private final MultiGauge turn;
    private final MultiGauge phases;
    private final MultiGauge proofs;
    private final Counter turns;
    private Optional<String> lastTurn = Optional.empty();

    /** @param version of this build */
    public ClusterMeters(MeterRegistry registry, String version) {
        requireNonNull(registry, "registry is null");
        requireNonNull(version, "version is null");
        gauge(registry, "auditpolicy_controller_build_info", "Always 1.")
                .register(List.of(Row.of(Tags.of("version", version), 1)));
        conditions = gauge(
                registry,
                "auditpolicy_condition",
                "1 for the status that a condition of the AuditPolicy has, 0 for the two others.");
        desired = gauge(registry, "auditpolicy_nodes_desired", "Control-plane nodes.");
        updated = gauge(registry, "auditpolicy_nodes_updated", "Those whose files hold the wanted revision.");
        effective = gauge(
                registry,
                "auditpolicy_nodes_effective",
                "Those whose live kube-apiserver is proven to run the wanted revision.");
        turn = gauge(
                registry,
                "auditpolicy_turn_issued_timestamp_seconds",
                "When the present turn was given to the node; no sample while none is given.");
        phases = gauge(
                registry,
                "auditpolicy_node_phase",
                "Always 1; the label has the phase that the node's agent told last.");
        proofs = gauge(
                registry,
                "auditpolicy_node_proven_timestamp_seconds",
                "When the node's live kube-apiserver was last proven to run its revision.");
        turns = Counter.builder("auditpolicy_turns_given_total")
                .description("Turns given to nodes.")
                .register(registry);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** There is no AuditPolicy: a sample of the last one would be a lie. */
    public synchronized void clear() {
        Stream.of(conditions, desired, updated, effective, turn, phases, proofs)
                .forEach(gauge -> gauge.register(List.of(), true));
    }

    /** {@code status} was written, or was there already. */
    public synchronized void update(AuditPolicyStatus status, Collection<AuditNode> auditNodes) {
        conditions.register(
                status.conditions().stream().flatMap(ClusterMeters::rows).toList(), true);
        desired.register(count(status.nodes().total()), true);
        updated.register(count(status.nodes().updated()), true);
        effective.register(count(status.nodes().effective()), true);
        var given = Optional.ofNullable(status.turn());
        turn.register(given.map(ClusterMeters::row).stream().toList(), true);
        given.map(Turn::id).filter(id -> lastTurn.filter(id::equals).isEmpty()).ifPresent(this::count);
        phases.register(auditNodes.stream().<Row<?>>map(ClusterMeters::phase).toList(), true);
        proofs.register(auditNodes.stream().flatMap(ClusterMeters::proof).toList(), true);
    }

    private void count(String turnId) {
        lastTurn = Optional.of(turnId);
        turns.increment();
    }

    private static List<Row<?>> count(int nodes) {
        return List.of(Row.of(Tags.empty(), nodes));
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

    /** An agent that has said nothing yet has not looked at the revision yet. */
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
