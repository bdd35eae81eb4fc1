package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.evaluate.LogObservation;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.RunningRevision;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReportTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final boolean NOT_HELD = false;
    private static final LogStatus LOG_STATUS =
            new LogStatus("/var/log/audit/audit.log", 0L, null, null, null, List.of(), null);
    private static final Canary CANARY = new Canary("audit-id", Level.METADATA);
    private static final List<String> DIFFERENCES = List.of("changed flag --audit-log-maxage=30", "no policy file");

    @Test
    void reportsANodeInSyncAsEffectiveWithItsProof() {
        var status = report(new NodeEvaluation.InSync(), proven("a", Optional.of("little space")), NOT_HELD);

        assertThat(status.phase()).isEqualTo(Phase.EFFECTIVE);
        assertThat(status.message()).isEqualTo("little space");
        assertThat(status.proof().pid()).isEqualTo(7);
        assertThat(status.running().revision()).isEqualTo("a");
        assertThat(status.log()).isEqualTo(LOG_STATUS);
        assertThat(conditions(status)).containsExactly("True Proven", "True Proven");
    }

    /** A node that waits for its turn, or that an administrator holds, still proves what it runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsWhatRunsBesideWhatIsToRun(boolean held) {
        var status = report(new NodeEvaluation.OutOfSync(DIFFERENCES), proven("old", Optional.empty()), held);

        assertThat(status.phase()).isEqualTo(held ? Phase.HELD : Phase.CHECKED);
        assertThat(status.revision()).isEqualTo("a");
        assertThat(status.running()).isEqualTo(new RunningRevision("old", NOW));
        assertThat(status.proof().revision()).isEqualTo("old");
        assertThat(conditions(status)).last().isEqualTo("True Proven");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsALostLogWhateverTheNodeWaitsFor(boolean held) {
        var lost = new AuditState.Lost("old", Cause.LogLost, List.of("the log was deleted"));
        var status = report(new NodeEvaluation.OutOfSync(DIFFERENCES), lost, held);

        assertThat(status.message()).contains("events are being lost now: the log was deleted");
        assertThat(status.running()).isNull();
        assertThat(conditions(status)).last().isEqualTo("False LogLost");
    }

    /** The message is repeated in Events and in the AuditPolicy. */
    @Test
    void reportsAllDifferencesOnlyInTheCondition() {
        var status = report(new NodeEvaluation.OutOfSync(List.of("one", "two", "three")));

        assertThat(status.message()).isEqualTo("3 differences, the first two: one; two");
        assertThat(status.conditions().getFirst().message()).isEqualTo("one; two; three");
    }

    @Test
    void reportsALossOnce() {
        var lost = new AuditState.Lost("a", Cause.LogLost, List.of("the log was deleted"));

        assertThat(report(new NodeEvaluation.OutOfSync(List.of("the log was deleted")), lost, NOT_HELD)
                        .message())
                .containsOnlyOnce("the log was deleted");
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
        assertThat(waiting.message()).startsWith("kubeadm is running; changed flag");
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
    void reportsWhyAGrantedTurnHasNotStarted() {
        var obstacles = new Obstacles(Optional.empty(), Optional.of("waiting for cp2"));
        var status = report(new NodeEvaluation.OutOfSync(DIFFERENCES), obstacles);

        assertThat(status.phase()).isEqualTo(Phase.CHECKED);
        assertThat(status.message())
                .startsWith("turn not started: waiting for cp2; ")
                .contains(DIFFERENCES.getFirst());
    }

    @Test
    void reportsWhatFailedAfterTheLastReport() {
        var obstacles = new Obstacles(Optional.of("cannot delete"), Optional.of("waiting for cp2"));
        var status = report(new NodeEvaluation.InSync(), proven("a", Optional.empty()), obstacles);

        assertThat(status.phase()).isEqualTo(Phase.EFFECTIVE);
        assertThat(status.message()).isEqualTo("cannot delete");
    }

    @Test
    void reportsWhyANodeCannotBeEvaluated() {
        var status = new StatusReport(() -> NOW).failing(node(), "no disk");

        assertThat(status.phase()).isEqualTo(Phase.PENDING);
        assertThat(status.message()).endsWith("no disk");
        assertThat(condition(status)).isEqualTo("Unknown NotProven");
    }

    @Test
    void reportsWhatRunsWhereNothingIsDesired() {
        var node = node();
        node.setSpec(null);
        var seen = new Observed(
                "policy 1, log /a",
                Observed.Owner.FOREIGN,
                null,
                List.of("--audit-log-path=/a"),
                null,
                "/a",
                false,
                List.of("another policy than on cp2"),
                List.of("a stray manifest"));

        var status = new StatusReport(() -> NOW)
                .observed(node, new AuditState.Unmanaged(), Optional.empty(), seen, Optional.empty(), Optional.empty())
                .observing(seen, LOG_STATUS);

        assertThat(status.phase()).isEqualTo(Phase.OBSERVED);
        assertThat(status.revision()).isNull();
        assertThat(status.message()).isEqualTo("a stray manifest; another policy than on cp2");
        assertThat(status.observed()).isEqualTo(seen);
        assertThat(status.log()).isEqualTo(LOG_STATUS);
        assertThat(conditions(status)).containsExactly("Unknown NothingDesired", "Unknown Unmanaged");
    }

    /** After the AuditPolicy was deleted, the node keeps what it runs. */
    @Test
    void stillProvesWhatRunsWhereNothingIsDesiredAnyMore() {
        var node = node();
        node.setSpec(null);
        var seen = new Observed("", Observed.Owner.OPERATOR, null, List.of(), null, null, false, List.of(), List.of());

        var status = new StatusReport(() -> NOW)
                .observed(
                        node,
                        proven("old", Optional.empty()),
                        Optional.of(spec("old")),
                        seen,
                        Optional.empty(),
                        Optional.empty())
                .observing(seen, null);

        assertThat(status.running()).isEqualTo(new RunningRevision("old", NOW));
        assertThat(status.message()).contains("keeps running revision old", "deletionPolicy Retain");
        assertThat(conditions(status)).last().isEqualTo("True Proven");
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
        return report(evaluation, new AuditState.Unmanaged(), NOT_HELD);
    }

    private static AuditNodeStatus report(NodeEvaluation evaluation, AuditState live, boolean held) {
        return held
                ? new StatusReport(() -> NOW).held(node(), live, "maintenance", Optional.empty(), Optional.empty())
                : report(evaluation, live, Obstacles.NONE);
    }

    private static AuditNodeStatus report(NodeEvaluation evaluation, Obstacles obstacles) {
        return report(evaluation, new AuditState.Unmanaged(), obstacles);
    }

    private static AuditNodeStatus report(NodeEvaluation evaluation, AuditState live, Obstacles obstacles) {
        return new StatusReport(() -> NOW)
                .evaluated(
                        node(),
                        new EvaluatedNode(evaluation, live, false),
                        Optional.empty(),
                        Optional.empty(),
                        obstacles);
    }

    private static AuditState proven(String revision, Optional<String> shortage) {
        var process = new ApiServerProcess(
                7, 1, NOW.minusSeconds(60), "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));
        return new AuditState.Proven(spec(revision), process, new LogObservation(CANARY, NOW, LOG_STATUS, shortage));
    }

    private static String condition(AuditNodeStatus status) {
        return conditions(status).getFirst();
    }

    private static List<String> conditions(AuditNodeStatus status) {
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Effective", "Auditing");
        return status.conditions().stream()
                .map(condition -> condition.status() + " " + condition.reason())
                .toList();
    }

    private static AuditNodeSpec spec(String revision) {
        var log = new LogBackend("/var/log/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec(revision, 1L, "kind: Policy", log, 10, 60);
    }

    private static AuditNode node() {
        var node = new AuditNode();
        node.setMetadata(
                new ObjectMetaBuilder().withName("cp1").withGeneration(1L).build());
        node.setSpec(spec("a"));
        return node;
    }
}
