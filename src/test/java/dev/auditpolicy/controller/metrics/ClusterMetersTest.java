package dev.auditpolicy.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.deploy.Scrape;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterMetersTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Scrape scrape = new Scrape();
    private final ClusterMeters meters = scrape.meters();

    @Test
    void exposesTheStatusAndTheAuditNodes() {
        meters.update("uid-1", status(turn("turn-1")), List.of(node("cp1", Phase.ROLLED_BACK), withoutStatus("cp2")));

        assertThat(scrape.text())
                .contains(
                        "auditpolicy_controller_build_info{version=\"1.2.3\"} 1.0\n",
                        "auditpolicy_condition{status=\"True\",type=\"Ready\"} 0.0\n",
                        "auditpolicy_condition{status=\"False\",type=\"Ready\"} 1.0\n",
                        "auditpolicy_nodes_desired 3.0\n",
                        "auditpolicy_nodes_updated 2.0\n",
                        "auditpolicy_nodes_effective 1.0\n",
                        "auditpolicy_turn_issued_timestamp_seconds{node=\"cp1\"} 1.7672256E9\n",
                        "auditpolicy_node_phase{node=\"cp1\",phase=\"RolledBack\"} 1.0\n",
                        "auditpolicy_node_phase{node=\"cp2\",phase=\"Pending\"} 1.0\n",
                        "auditpolicy_node_proven_timestamp_seconds{node=\"cp1\"} 1.7672256E9\n")
                .doesNotContain("auditpolicy_node_proven_timestamp_seconds{node=\"cp2\"}");
    }

    @Test
    void removesStaleSamples() {
        meters.update("uid-1", status(turn("turn-1")), List.of(node("cp1", Phase.ACTING)));
        meters.update("uid-1", status(null), List.of(node("cp1", Phase.EFFECTIVE)));

        assertThat(scrape.text())
                .contains("phase=\"Effective\"")
                .doesNotContain("phase=\"Acting\"", "auditpolicy_turn_issued_timestamp_seconds{");

        meters.deleted("uid-1");

        assertThat(scrape.text())
                .contains("auditpolicy_controller_build_info{")
                .doesNotContain("auditpolicy_condition{", "auditpolicy_nodes_desired", "auditpolicy_node_phase{");
    }

    @Test
    void recordsNothingOfADeletedAuditPolicy() {
        meters.deleted("uid-1");

        meters.update("uid-1", status(null), List.of());

        assertThat(scrape.text()).doesNotContain("auditpolicy_condition{");

        meters.update("uid-2", status(null), List.of());

        assertThat(scrape.text()).contains("auditpolicy_condition{");
    }

    @Test
    void countsATurnOnce() {
        meters.update("uid-1", status(turn("turn-1")), List.of());
        meters.update("uid-1", status(turn("turn-1")), List.of());
        meters.update("uid-1", status(null), List.of());
        meters.update("uid-1", status(turn("turn-2")), List.of());

        assertThat(scrape.text()).contains("auditpolicy_turns_given_total 2.0\n");
    }

    private static Turn turn(String id) {
        return new Turn(id, "cp1", "a", 1, TIME);
    }

    private static AuditPolicyStatus status(Turn turn) {
        var statement = new Condition.Statement("Ready", Condition.FALSE, "RollingOut", "");
        return new AuditPolicyStatus(
                1L, "a", null, turn, NodeCounts.of(3, 2, 1), List.of(Condition.of(statement, List.of(), 1, TIME)));
    }

    private static AuditNode node(String name, Phase phase) {
        var node = withoutStatus(name);
        node.setStatus(new AuditNodeStatus(
                1L, phase, "a", null, null, null, new Proof("a", 1L, TIME, "sha", TIME, null), "", null, List.of()));
        return node;
    }

    /** A node whose agent has not reported yet. */
    private static AuditNode withoutStatus(String name) {
        var node = new AuditNode();
        node.getMetadata().setName(name);
        return node;
    }
}
