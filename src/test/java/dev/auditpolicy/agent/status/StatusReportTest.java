package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.evaluate.LogObservation;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.host.process.ApiServerProcess;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<String> DIFFERENCES = List.of("changed flag --audit-log-maxage=30", "no policy file");

    @Test
    void reportsANodeInSyncAsEffectiveWithItsProof() {
        var log = new LogStatus("/var/log/audit/audit.log", 0L, null, null, null, List.of(), null);
        var process = new ApiServerProcess(7, 1, NOW.minusSeconds(60), "0".repeat(32), 0, List.of("kube-apiserver"));
        var status = report(new NodeEvaluation.InSync(
                process, new LogObservation(Optional.empty(), NOW, log, Optional.of("little space"))));

        assertThat(status.phase()).isEqualTo(Phase.EFFECTIVE);
        assertThat(status.message()).isEqualTo("little space");
        assertThat(status.proof().pid()).isEqualTo(7);
        assertThat(status.log()).isEqualTo(log);
        assertThat(condition(status)).isEqualTo("True Proven");
    }

    @Test
    void offersANodeOutOfSyncForATurn() {
        var status = report(new NodeEvaluation.OutOfSync(DIFFERENCES));

        assertThat(status.phase()).isEqualTo(Phase.CHECKED);
        assertThat(status.message()).isEqualTo("changed flag --audit-log-maxage=30; no policy file");
        assertThat(status.proof()).isNull();
        assertThat(condition(status)).isEqualTo("False WaitingForTurn");
    }

    @Test
    void distinguishesAWaitingNodeFromAnUnverifiedOneByItsCondition() {
        var waiting = report(new NodeEvaluation.Waiting("kubeadm is running", DIFFERENCES));
        var unverified = report(new NodeEvaluation.Unverified(List.of("not ready")));

        assertThat(waiting.phase()).isEqualTo(Phase.PENDING);
        assertThat(waiting.message()).startsWith("kubeadm is running; differences: changed flag");
        assertThat(condition(waiting)).isEqualTo("False OutOfSync");
        assertThat(unverified.phase()).isEqualTo(Phase.PENDING);
        assertThat(unverified.message()).isEqualTo("not ready");
        assertThat(condition(unverified)).isEqualTo("Unknown NotProven");
    }

    @Test
    void reportsWhyANodeRejectsTheSpec() {
        var status = report(new NodeEvaluation.Rejected("unknown field"));

        assertThat(status.phase()).isEqualTo(Phase.REFUSED);
        assertThat(status.message()).isEqualTo("unknown field");
        assertThat(condition(status)).isEqualTo("False Refused");
    }

    @Test
    void reportsWhyANodeCannotBeEvaluated() {
        var status = new StatusReport(() -> NOW).failing(node(), "no disk");

        assertThat(status.phase()).isEqualTo(Phase.PENDING);
        assertThat(status.message()).endsWith("no disk");
        assertThat(condition(status)).isEqualTo("Unknown NotProven");
    }

    /** Whether the turn has ended is unknown. */
    @Test
    void keepsTheTurnOfANodeThatCannotBeEvaluated() {
        var node = node();
        node.setStatus(new StatusReport(() -> NOW).acting(node, "t1"));

        var status = new StatusReport(() -> NOW).failing(node, "no disk");

        assertThat(status.phase()).isEqualTo(Phase.ACTING);
        assertThat(status.activeTurnID()).isEqualTo("t1");
        assertThat(status.message()).endsWith("no disk");
    }

    private static AuditNodeStatus report(NodeEvaluation evaluation) {
        return new StatusReport(() -> NOW).evaluated(node(), evaluation, Optional.empty(), Optional.empty());
    }

    private static String condition(AuditNodeStatus status) {
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Effective");
        var condition = status.conditions().getFirst();
        return condition.status() + " " + condition.reason();
    }

    private static AuditNode node() {
        var log = new LogBackend("/var/log/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        var node = new AuditNode();
        node.setMetadata(
                new ObjectMetaBuilder().withName("cp1").withGeneration(1L).build());
        node.setSpec(new AuditNodeSpec("a", 1L, "kind: Policy", log, 10, 60));
        return node;
    }
}
