package dev.auditpolicy.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.process.Preflight.Verdict;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.telemetry.Exposition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentMetersTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final AgentMeters meters = new AgentMeters("1.2.3", () -> now);

    @Test
    void exposesNoSamplesBeforeTheFirstStatus() {
        assertThat(text())
                .contains("# TYPE auditpolicy_agent_phase gauge\n")
                .doesNotContain("\nauditpolicy_agent_phase{", "\nauditpolicy_agent_proven_timestamp_seconds ");
    }

    @Test
    void exposesTheStatus() {
        meters.read(node(status(Phase.ROLLED_BACK, null, null)));

        assertThat(text())
                .contains(
                        "auditpolicy_agent_phase{phase=\"RolledBack\"} 1\n",
                        "auditpolicy_agent_phase{phase=\"Effective\"} 0\n",
                        "auditpolicy_agent_proven_timestamp_seconds " + START.getEpochSecond() + "\n",
                        "auditpolicy_agent_kube_apiserver_start_timestamp_seconds " + START.getEpochSecond() + "\n",
                        "auditpolicy_agent_kube_apiserver_info{version=\"v1.36.3\"} 1\n",
                        "auditpolicy_agent_build_info{version=\"1.2.3\"} 1\n");
    }

    @Test
    void countsATurnOnceWhenItsOutcomeIsReported() {
        var acting = status(Phase.ACTING, "turn-1", null);
        var ended = status(Phase.EFFECTIVE, null, outcome(Instant.parse("2026-01-01T00:00:42Z")));
        meters.written(node(acting), acting, Optional.empty());
        meters.written(node(ended), ended, Optional.of(acting));
        meters.written(node(ended), ended, Optional.of(ended));

        assertThat(text())
                .contains(
                        "auditpolicy_agent_turns_total{result=\"Effective\"} 1\n",
                        "auditpolicy_agent_turns_total{result=\"RolledBack\"} 0\n",
                        "auditpolicy_agent_last_turn_duration_seconds 42\n");
    }

    @Test
    void doesNotCountTurnsThatEndedBeforeTheStart() {
        meters.read(node(status(Phase.EFFECTIVE, null, outcome(Instant.parse("2026-01-01T00:00:42Z")))));

        assertThat(text())
                .contains("auditpolicy_agent_turns_total{result=\"Effective\"} 0\n")
                .doesNotContain("\nauditpolicy_agent_last_turn_duration_seconds ");
    }

    @Test
    void measuresAnOutageFromTheFirstFailedProbeToTheNextReadyOne() {
        meters.downtime().record(true, new BootTime("boot", now.toEpochMilli()));
        meters.downtime().record(false, new BootTime("boot", now.toEpochMilli()));
        now = START.plusMillis(1500);
        meters.downtime().record(false, new BootTime("boot", now.toEpochMilli()));
        assertThat(text())
                .contains("auditpolicy_agent_kube_apiserver_ready 0\n")
                .doesNotContain("\nauditpolicy_agent_kube_apiserver_last_outage_seconds ");
        now = START.plusMillis(9500);
        meters.downtime().record(true, new BootTime("boot", now.toEpochMilli()));

        assertThat(text())
                .contains(
                        "auditpolicy_agent_kube_apiserver_ready 1\n",
                        "auditpolicy_agent_kube_apiserver_last_outage_seconds 9.5\n");
    }

    @Test
    void countsIterations() {
        meters.held(true);
        meters.busy(true);
        meters.iterationCompleted();
        now = START.plusSeconds(1);
        meters.iterationFailed();

        assertThat(text())
                .contains(
                        "auditpolicy_agent_rounds_total 2\n",
                        "auditpolicy_agent_round_failures_total 1\n",
                        "auditpolicy_agent_last_round_timestamp_seconds " + (START.getEpochSecond() + 1) + "\n",
                        "auditpolicy_agent_held 1\n",
                        "auditpolicy_agent_busy 1\n");
    }

    @Test
    void countsPreflightsByVerdict() throws InterruptedException {
        var preflight = new MeteredPreflight((_, _, _) -> new Verdict.Refuses("unknown level"), meters);
        preflight.check(null, "", Map.of());

        assertThat(text()).contains("auditpolicy_agent_preflights_total{result=\"Refuses\"} 1\n");
    }

    private String text() {
        return Exposition.text(meters.families());
    }

    private static AuditNode node(AuditNodeStatus status) {
        var node = new AuditNode();
        node.setStatus(status);
        return node;
    }

    private static TurnOutcome outcome(Instant endedAt) {
        return new TurnOutcome("turn-1", "a", 1, Result.EFFECTIVE, endedAt, "", null);
    }

    private static AuditNodeStatus status(Phase phase, String acting, TurnOutcome lastTurn) {
        var statement = new Condition.Statement("Effective", Condition.UNKNOWN, "Acting", "");
        return new AuditNodeStatus(
                1L,
                phase,
                "a",
                acting,
                lastTurn,
                new KubeAPIServer("v1.36.3", "10.0.0.1:6443", START),
                new Proof("a", 1L, START, "sha", START, null),
                "",
                null,
                List.of(Condition.of(statement, List.of(), 1, START)));
    }
}
