package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorationStatusTest {

    private static final List<NodeState> NODES = List.of(node("cp1", Phase.RESTORED), node("cp2", Phase.HELD));

    private final RestorationStatus statuses =
            new RestorationStatus(new StatusFactory(() -> Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void saysHowFarItIsAndHowToStopWaiting() {
        var ready = ready(new Decision.Grant("cp2", "restore-1", 1));

        assertThat(ready.reason()).isEqualTo("Restoring");
        assertThat(ready.status()).isEqualTo("False");
        assertThat(ready.message()).contains("1 of 2 nodes", "cp2", "spec.deletionPolicy to Retain");
    }

    @Test
    void namesWhatNeedsSomebody() {
        var held = ready(new Decision.Wait(Decision.Reason.NodeHeld, "node cp2: on hold"));
        var refused = ready(new Decision.Stall(Decision.Reason.NodeRefused, "node cp2: no manifest"));

        assertThat(held.reason()).isEqualTo("RestoreBlocked");
        assertThat(held.message()).contains("node cp2: on hold");
        assertThat(refused.reason()).isEqualTo("RestoreBlocked");
    }

    @Test
    void isNotBlockedWhileItPasses() {
        assertThat(ready(new Decision.Wait(Decision.Reason.WaitingForReadiness, "cp2"))
                        .reason())
                .isEqualTo("Restoring");
    }

    @Test
    void countsTheNodesThatAreGivenBack() {
        assertThat(statuses.of(policy(), "restore-1", NODES, new Decision.Complete())
                        .nodes())
                .isEqualTo(NodeCounts.of(2, 1, 1));
    }

    private Condition ready(Decision decision) {
        return Conditions.find(statuses.of(policy(), "restore-1", NODES, decision), Conditions.READY)
                .orElseThrow();
    }

    private static AuditPolicy policy() {
        var policy = new AuditPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withGeneration(2L).build());
        return policy;
    }

    private static NodeState node(String name, Phase phase) {
        var report = new Report(phase, "restore-1", Optional.empty(), Optional.empty(), "");
        return new NodeState(name, Optional.of(report), Optional.empty());
    }
}
