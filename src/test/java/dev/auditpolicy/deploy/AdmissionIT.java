package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Phase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may write what of the operator's objects. Whoever is to be refused is given every right by RBAC first, so that it is the
 * admission policies of {@code deploy/base/admission.yaml} which refuse.
 */
@ExtendWith(OperatorInstalled.class)
class AdmissionIT {

    private static final String SPEC_POLICY = "auditpolicy-auditnode-spec";
    private static final String STATUS_POLICY = "auditpolicy-auditnode-status";
    private static final String POLICY_STATUS_POLICY = "auditpolicy-auditpolicy-status";

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final ApiServer apiServer;
    private final KubernetesClient controller;
    private final KubernetesClient administrator;

    AdmissionIT(ApiServer apiServer) {
        this.apiServer = apiServer;
        this.controller = apiServer.clientOf(Account.controller());
        this.administrator = apiServer.clientOf(Account.administrator());
    }

    @BeforeEach
    void createObjects() {
        controller.resource(Samples.auditNode("cp1")).create();
        controller.resource(Samples.auditNode("cp2")).create();
        administrator.resource(Samples.auditPolicy()).create();
    }

    @AfterEach
    void deleteObjects() {
        administrator.resources(AuditPolicy.class).delete();
        try (var almighty = apiServer.clientOf(Account.controller().whomRbacAllowsEverything())) {
            almighty.resources(AuditNode.class).delete();
        }
        controller.close();
        administrator.close();
    }

    @Test
    void letsTheControllerWriteAuditNodes() {
        controller.resource(Samples.auditNode("cp3")).create();
        controller.resource(Samples.auditNode("cp3", "two", "policy")).update();
        try (var patching = apiServer.clientOf(Account.controller().whomRbacAllowsEverything())) {
            patching.resources(AuditNode.class)
                    .withName("cp3")
                    .patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        }
        assertThat(auditNode("cp3").getSpec().revision()).isEqualTo("two");
        controller.resource(Samples.auditNode("cp3")).delete();
        assertThat(auditNode("cp3")).isNull();
    }

    @Test
    void letsTheControllerChangeAPolicyOfTheGreatestSize() {
        controller
                .resource(Samples.auditNode("cp1", "two", "p".repeat(AuditNodeSpec.MAX_POLICY_LENGTH)))
                .update();
        administrator
                .resources(AuditNode.class)
                .withName("cp1")
                .patch(MERGE, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        assertThat(auditNode("cp1").getSpec().policy()).hasSize(AuditNodeSpec.MAX_POLICY_LENGTH);
    }

    @Test
    void letsAnAgentWriteTheStatusOfItsOwnNode() {
        try (var agent = apiServer.clientOf(Account.agentOn("cp1").whomRbacAllowsEverything())) {
            agent.resource(Samples.auditNodeWithStatus("cp1", "replaced")).updateStatus();
            assertThat(auditNode("cp1").getStatus().message()).isEqualTo("replaced");
            agent.resources(AuditNode.class)
                    .withName("cp1")
                    .subresource("status")
                    .patch(MERGE, "{\"status\":{\"message\":\"patched\"}}");
            assertThat(auditNode("cp1").getStatus().message()).isEqualTo("patched");
        }
    }

    @Test
    void takesNothingButStatusFromAnAgent() {
        var written = Samples.auditNodeWithStatus("cp1", "replaced");
        written.getMetadata().setLabels(Map.of("a", "b"));
        written.getMetadata().setFinalizers(List.of("auditpolicy.dev/stay"));
        written.setSpec(Samples.auditNode("cp1", "two", "policy").getSpec());
        try (var agent = apiServer.clientOf(Account.agentOn("cp1").whomRbacAllowsEverything())) {
            agent.resource(written).updateStatus();
        }
        assertThat(auditNode("cp1").getSpec().revision()).isEqualTo("one");
        assertThat(auditNode("cp1").getMetadata().getLabels()).isNullOrEmpty();
        assertThat(auditNode("cp1").getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void refusesAnAgentTheStatusOfAnotherNode() {
        try (var agent = apiServer.clientOf(Account.agentOn("cp1").whomRbacAllowsEverything())) {
            Refusal.expect(
                    STATUS_POLICY,
                    () -> agent.resource(Samples.auditNodeWithStatus("cp2", "mine"))
                            .updateStatus(),
                    "this AuditNode is for cp2, the token names cp1");
        }
    }

    @Test
    void refusesAnAgentWhoseTokenNamesNoNode() {
        try (var agent = apiServer.clientOf(Account.agentOnNoNode().whomRbacAllowsEverything())) {
            Refusal.expect(
                    STATUS_POLICY,
                    () -> agent.resource(Samples.auditNodeWithStatus("cp1", "mine"))
                            .updateStatus(),
                    "this AuditNode is for cp1, the token names no node");
        }
    }

    @Test
    void refusesAnAgentEverythingElseOfItsOwnAuditNode() {
        try (var agent = apiServer.clientOf(Account.agentOn("cp1").whomRbacAllowsEverything())) {
            var mine = agent.resources(AuditNode.class).withName("cp1");
            var text = "an agent can only update the status of the AuditNode of its own node";
            Refusal.expect(
                    SPEC_POLICY,
                    () -> agent.resource(Samples.auditNode("cp1", "two", "policy"))
                            .update(),
                    text);
            Refusal.expect(SPEC_POLICY, () -> mine.patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"), text);
            Refusal.expect(SPEC_POLICY, () -> mine.delete(), text);
            Refusal.expect(
                    SPEC_POLICY, () -> agent.resource(Samples.auditNode("cp3")).create(), text);
        }
    }

    @Test
    void refusesAnAdministratorTheAuditNodesAndSaysTheWayOut() {
        var texts = new String[] {"jane cannot create", "kubectl edit auditpolicy cluster", "kubectl --as="};
        Refusal.expect(
                SPEC_POLICY,
                () -> administrator.resource(Samples.auditNode("cp3")).create(),
                texts);
        Refusal.expect(
                SPEC_POLICY,
                () -> administrator
                        .resource(Samples.auditNode("cp1", "two", "policy"))
                        .update(),
                texts);
        Refusal.expect(
                SPEC_POLICY,
                () -> administrator.resource(Samples.auditNode("cp1")).delete(),
                texts);
        Refusal.expect(
                STATUS_POLICY,
                () -> administrator
                        .resource(Samples.auditNodeWithStatus("cp1", "fine"))
                        .updateStatus(),
                "jane cannot update the status of an AuditNode");
    }

    @Test
    void letsAnAdministratorLabelAnAuditNode() {
        administrator
                .resources(AuditNode.class)
                .withName("cp1")
                .patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"},\"annotations\":{\"c\":\"d\"}}}");
        assertThat(auditNode("cp1").getMetadata().getLabels()).containsEntry("a", "b");
    }

    /** No agent runs on a node that has lost its label. */
    @Test
    void letsTheControllerOnlySayThatANodeHasLeft() {
        var left = Samples.auditNodeWithStatus("cp1", "left");
        left.setStatus(left.getStatus().unmanaged("left"));
        controller.resource(left).updateStatus();
        assertThat(auditNode("cp1").getStatus().phase()).isEqualTo(Phase.UNMANAGED);

        left.setStatus(Serialization.unmarshal(
                "phase: Unmanaged\nrunning: {revision: a, provenAt: '2026-01-01T00:00:00Z'}\n", AuditNodeStatus.class));
        Refusal.expect(
                STATUS_POLICY,
                () -> controller.resource(left).updateStatus(),
                "cannot update the status of an AuditNode");
    }

    /** An AuditNode of which nothing is desired. The garbage collector must be able to remove finalizers of it, too. */
    @Test
    void comparesASpecThatIsAbsent() {
        var observed = Samples.auditNode("cp3");
        observed.setSpec(null);
        controller.resource(observed).create();

        administrator
                .resources(AuditNode.class)
                .withName("cp3")
                .patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(auditNode("cp3").getMetadata().getLabels()).containsEntry("a", "b");
        Refusal.expect(
                SPEC_POLICY,
                () -> administrator
                        .resource(Samples.auditNode("cp3", "two", "policy"))
                        .update(),
                "jane cannot create or delete an AuditNode or change its spec");
        try (var agent = apiServer.clientOf(Account.agentOn("cp3").whomRbacAllowsEverything())) {
            observed.setStatus(Samples.auditNodeWithStatus("cp3", "seen").getStatus());
            agent.resource(observed).updateStatus();
        }
        assertThat(auditNode("cp3").getStatus().message()).isEqualTo("seen");
        controller.resource(Samples.auditNode("cp3", "two", "policy")).update();
        assertThat(auditNode("cp3").getSpec().revision()).isEqualTo("two");
        observed.getMetadata().setResourceVersion(null);
        controller.resource(observed).update();
        assertThat(auditNode("cp3").getSpec()).isNull();
    }

    @Test
    void refusesTheControllerTheStatusOfAuditNodes() {
        try (var almighty = apiServer.clientOf(Account.controller().whomRbacAllowsEverything())) {
            Refusal.expect(
                    STATUS_POLICY,
                    () -> almighty.resource(Samples.auditNodeWithStatus("cp1", "fine"))
                            .updateStatus(),
                    "system:serviceaccount:auditpolicy-system:controller cannot update the status of an AuditNode");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"system:serviceaccount:kube-system:generic-garbage-collector", "system:kube-controller-manager"})
    void letsTheGarbageCollectorDelete(String user) {
        var collector = new Account(user, List.of(), Optional.empty()).whomRbacAllowsEverything();
        try (var client = apiServer.clientOf(collector)) {
            client.resource(Samples.auditNode("cp1")).delete();
        }
        assertThat(auditNode("cp1")).isNull();
    }

    @Test
    void letsOnlyTheControllerWriteTheStatusOfTheAuditPolicy() {
        controller.resource(Samples.auditPolicyWithStatus("two")).updateStatus();
        assertThat(administrator
                        .resource(Samples.auditPolicy())
                        .get()
                        .getStatus()
                        .revision())
                .isEqualTo("two");
        Refusal.expect(
                POLICY_STATUS_POLICY,
                () -> administrator
                        .resource(Samples.auditPolicyWithStatus("three"))
                        .updateStatus(),
                "jane cannot update the status of the AuditPolicy");
        try (var agent = apiServer.clientOf(Account.agentOn("cp1").whomRbacAllowsEverything())) {
            Refusal.expect(
                    POLICY_STATUS_POLICY,
                    () -> agent.resource(Samples.auditPolicyWithStatus("three")).updateStatus(),
                    "system:serviceaccount:auditpolicy-system:agent cannot update the status of the AuditPolicy");
        }
    }

    private AuditNode auditNode(String name) {
        return controller.resources(AuditNode.class).withName(name).get();
    }
}
