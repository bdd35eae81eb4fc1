package dev.auditpolicy.controller;

import static dev.auditpolicy.controller.AuditPolicyStates.desired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {

    private static final Turn TURN = new Turn("t1", "cp1", "new", 1, Instant.parse("2026-01-01T00:00:00Z"));
    private static final List<NodeState> NODES = List.of(node("cp1", Phase.EFFECTIVE), node("cp2", Phase.CHECKED));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final StatusFactory factory = new StatusFactory(() -> now);

    @Test
    void setsTheGenerationOnStatusAndOnEveryCondition() {
        var status = factory.accepted(policy(7, null), desired("new"), NODES, List.of(), new Decision.Complete());

        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.conditions()).hasSize(5).allMatch(condition -> condition.observedGeneration() == 7);
    }

    @Test
    void isReadyAndCommittedOnlyWhenComplete() {
        var complete = factory.accepted(policy(1, null), desired("new"), NODES, List.of(), new Decision.Complete());
        var waiting = factory.accepted(
                policy(1, null),
                desired("new"),
                NODES,
                List.of(),
                new Decision.Wait(Decision.Reason.WaitingForReadiness, "cp2 settles"));

        assertThat(condition(complete, "Ready").status()).isEqualTo("True");
        assertThat(complete.committedRevision()).isEqualTo("new");
        assertThat(condition(waiting, "Ready").status()).isEqualTo("False");
        assertThat(condition(waiting, "Ready").message()).isEqualTo("cp2 settles");
        assertThat(waiting.committedRevision()).isNull();
    }

    @Test
    void countsTheEffectiveNodes() {
        var status = factory.accepted(
                policy(1, null), desired("new"), NODES, List.of(), new Decision.Grant("cp2", "new", 1));

        assertThat(status.nodes()).isEqualTo(NodeCounts.of(2, 1, 1));
    }

    @Test
    void countsANodeAsUpdatedIfItIsPendingAfterItsTurn() {
        var ended = new TurnOutcome("t1", "new", 1, Result.EFFECTIVE, Instant.parse("2026-01-01T00:00:00Z"), "", null);
        var report = new Report(Phase.PENDING, "new", Optional.empty(), Optional.of(ended), "");
        var nodes = List.of(new NodeState("cp1", Optional.of(report), Optional.empty()));

        var status = factory.accepted(policy(1, null), desired("new"), nodes, List.of(), new Decision.Complete());

        assertThat(status.nodes()).isEqualTo(NodeCounts.of(1, 1, 0));
    }

    @Test
    void effectiveIsUnknownWhileNodesArePending() {
        var nodes = List.of(node(Phase.EFFECTIVE), node(Phase.PENDING));

        var status = factory.accepted(policy(1, null), desired("new"), nodes, List.of(), new Decision.Complete());

        assertThat(condition(status, "Effective").status()).isEqualTo("Unknown");
    }

    @Test
    void effectiveIsFalseIfANodeIsNeitherEffectiveNorPending() {
        var nodes = List.of(node(Phase.EFFECTIVE), node(Phase.PENDING), node(Phase.CHECKED));

        var status = factory.accepted(policy(1, null), desired("new"), nodes, List.of(), new Decision.Complete());

        assertThat(condition(status, "Effective").status()).isEqualTo("False");
    }

    @Test
    void countsAnAPIServerWithoutANode() {
        var nodes = List.of(node("cp1", Phase.EFFECTIVE), node("cp2", Phase.EFFECTIVE));

        var status = factory.accepted(
                policy(1, null),
                desired("new"),
                nodes,
                List.of("cp3"),
                new Decision.Wait(Decision.Reason.UnmanagedAPIServer, ""));

        assertThat(status.nodes().summary()).isEqualTo("2/3");
        assertThat(condition(status, "Effective").status()).isEqualTo("Unknown");
        assertThat(condition(status, "Effective").message())
                .startsWith("2 of 3 kube-apiservers")
                .endsWith("cp3");
    }

    private static NodeState node(Phase phase) {
        var report = new Report(phase, "new", Optional.empty(), Optional.empty(), "");
        return new NodeState(phase.name(), Optional.of(report), Optional.empty());
    }

    @Test
    void grantsATurnWithANewIdEachTime() {
        var one = factory.accepted(
                policy(1, null), desired("new"), NODES, List.of(), new Decision.Grant("cp2", "new", 3));
        var other = factory.accepted(
                policy(1, null), desired("new"), NODES, List.of(), new Decision.Grant("cp2", "new", 3));

        assertThat(one.turn().node()).isEqualTo("cp2");
        assertThat(one.turn().attempt()).isEqualTo(3);
        assertThat(one.turn().revision()).isEqualTo("new");
        assertThat(one.turn().id()).isNotEqualTo(other.turn().id());
    }

    @Test
    void retainsATurnUntilItIsRevoked() {
        var policy = policy(1, TURN);

        assertThat(factory.accepted(policy, desired("new"), NODES, List.of(), new Decision.Retain(TURN, ""))
                        .turn())
                .isEqualTo(TURN);
        assertThat(factory.accepted(policy, desired("new"), NODES, List.of(), new Decision.Revoke(TURN, ""))
                        .turn())
                .isNull();
    }

    @Test
    void keepsTheTransitionTimeWhileTheStatusIsUnchanged() {
        var policy = policy(1, null);
        policy.setStatus(
                factory.accepted(policy, desired("new"), NODES, List.of(), new Decision.Grant("cp2", "new", 1)));
        now = now.plusSeconds(60);

        var status = factory.accepted(policy, desired("new"), NODES, List.of(), new Decision.Complete());

        assertThat(condition(status, "Accepted").lastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(condition(status, "Ready").lastTransitionTime()).isEqualTo("2026-01-01T00:01:00Z");
    }

    /** The SDK wraps it. */
    @Test
    void reportsAFailedRequestInTheWordsOfTheClient() {
        var failure = new IllegalStateException(
                "wrapped", new KubernetesClientException("The timeout of 10000 ms has been exceeded"));

        assertThat(condition(factory.failed(policy(1, null), failure), "Ready").message())
                .contains("a request to the API server failed: The timeout of 10000 ms has been exceeded")
                .doesNotContain("Exception");
    }

    @Test
    void reportsWhyItIsStalled() {
        var status = factory.accepted(
                policy(1, null),
                desired("new"),
                NODES,
                List.of(),
                new Decision.Stall(Decision.Reason.TurnFailed, "node cp2: no"));

        assertThat(condition(status, "Stalled").status()).isEqualTo("True");
        assertThat(condition(status, "Reconciling").status()).isEqualTo("False");
        assertThat(condition(status, "Ready").reason()).isEqualTo("TurnFailed");
        assertThat(condition(status, "Ready").message()).isEqualTo("node cp2: no");
        assertThat(condition(status, "Stalled").message()).isEqualTo("node cp2: no");
        assertThat(condition(status, "Reconciling").message()).isEmpty();
    }

    @Test
    void reportsAnInvalidSpecAndKeepsTheCommittedRevision() {
        var policy = policy(2, null);
        policy.setStatus(factory.accepted(policy, desired("old"), NODES, List.of(), new Decision.Complete()));

        var status =
                factory.invalid(policy, NODES, List.of("spec.policy…"), new Decision.Wait(Decision.Reason.Paused, ""));

        assertThat(condition(status, "Accepted").status()).isEqualTo("False");
        assertThat(condition(status, "Accepted").message()).isEqualTo("spec.policy…");
        assertThat(condition(status, "Ready").status()).isEqualTo("False");
        assertThat(status.revision()).isEqualTo("old");
        assertThat(status.committedRevision()).isEqualTo("old");
    }

    @Test
    void countsTheNodesByTheLastValidRevisionWhileTheSpecIsInvalid() {
        var nodes = List.of(node("cp1", Phase.EFFECTIVE), node("cp2", Phase.EFFECTIVE));
        var policy = policy(2, null);
        policy.setStatus(factory.accepted(policy, desired("new"), nodes, List.of(), new Decision.Complete()));

        var status = factory.invalid(
                policy, nodes, List.of("spec.policy…"), new Decision.Wait(Decision.Reason.Checking, ""));

        assertThat(status.nodes()).isEqualTo(NodeCounts.of(2, 2, 2));
        assertThat(condition(status, "Ready").message())
                .isEqualTo("spec.policy…. The spec changes no node; 2 of 2 kube-apiservers are verified to run the last"
                        + " valid revision, new");
    }

    @Test
    void containsEveryProblemOfTheSpecOnce() {
        var status = factory.invalid(
                policy(1, null),
                NODES,
                List.of("one", "two", "three"),
                new Decision.Wait(Decision.Reason.Checking, ""));

        assertThat(condition(status, "Accepted").message()).isEqualTo("one; two; three");
        assertThat(condition(status, "Ready").message())
                .startsWith("one; two; and 1 more, see the condition Accepted. ");
    }

    @Test
    void keepsWhatIsKnownWhenAReconciliationFails() {
        var policy = policy(1, null);
        policy.setStatus(factory.accepted(policy, desired("new"), NODES, List.of(), new Decision.Complete()));
        var before = policy.getStatus();

        var status = factory.failed(policy, new IllegalStateException("odd\nobject"));

        assertThat(condition(status, "Ready").status()).isEqualTo("Unknown");
        assertThat(condition(status, "Ready").message()).contains("IllegalStateException: odd object", "log");
        assertThat(condition(status, "Reconciling").status()).isEqualTo("True");
        assertThat(condition(status, "Effective")).isEqualTo(condition(before, "Effective"));
        assertThat(status.committedRevision()).isEqualTo("new");
        assertThat(status.nodes()).isEqualTo(before.nodes());
    }

    private static Condition condition(AuditPolicyStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static AuditPolicy policy(long generation, Turn turn) {
        var policy = new AuditPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withName("cluster")
                .withGeneration(generation)
                .build());
        policy.setStatus(new AuditPolicyStatus(null, null, null, turn, null, List.of()));
        return policy;
    }

    private static NodeState node(String name, Phase phase) {
        var report = new Report(phase, "new", Optional.empty(), Optional.empty(), "");
        return new NodeState(name, Optional.of(report), Optional.of(Instant.EPOCH));
    }
}
