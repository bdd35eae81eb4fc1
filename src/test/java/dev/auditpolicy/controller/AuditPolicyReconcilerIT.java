package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One reconciliation at a time, with the shipped RBAC and admission policies. */
class AuditPolicyReconcilerIT {

    private static final String POLICY = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata: {name: cluster}
            spec:
              policy: {rules: [{level: Metadata}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
              rollout: {minReadySeconds: 30}
            """;

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private static ApiServer apiServer;
    private static KubernetesClient administrator;
    private static KubernetesClient controller;

    private Instant now = Instant.now();
    private AuditPolicyReconciler reconciler;

    @BeforeAll
    static void startApiServer() {
        apiServer = ApiServer.withOperator();
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
    }

    @AfterAll
    static void stopApiServer() {
        administrator.close();
        controller.close();
        apiServer.close();
    }

    @BeforeEach
    void aControllerThatHasJustStarted() {
        InstantSource clock = () -> now;
        var cluster = new Cluster(controller);
        var readiness = new ApiServerReadiness(_ -> Optional.empty(), clock);
        reconciler = new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, readiness, clock),
                new Compiler(cluster, clock),
                new StatusFactory(clock),
                new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock)),
                clock,
                new OwnNode(Optional.empty()),
                new CommittedRevisions(controller, "auditpolicy-system"),
                new ClusterMeters(new SimpleMeterRegistry(), "test"));
        createNode("cp1", hostName());
        createNode("cp2", "cp2");
    }

    @AfterEach
    void emptyCluster() {
        administrator.resources(AuditPolicy.class).delete();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> {
            node.getMetadata().setFinalizers(List.of());
            controller.resource(controller.resource(node).update()).delete();
        });
        administrator.nodes().delete();
        administrator
                .apps()
                .controllerRevisions()
                .inNamespace("auditpolicy-system")
                .delete();
    }

    @Test
    void createsAnAuditNodeForEachControlPlaneNode() {
        apply(POLICY);
        reconcile();

        assertThat(administrator.resources(AuditNode.class).list().getItems())
                .extracting(node -> node.getMetadata().getName())
                .containsExactly("cp1", "cp2");
        assertThat(auditNode("cp1").getSpec().policy()).contains("level: \"Metadata\"");
        assertThat(auditNode("cp1").getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Node"));
    }

    @Test
    void grantsTheTurnToOneNodeWhenAllAreChecked() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.CHECKED, null);
        reconcile();
        assertThat(auditPolicy().getStatus().turn()).isNull();

        report("cp2", Phase.CHECKED, null);
        reconcile();

        assertThat(auditPolicy().getStatus().turn().node()).isEqualTo("cp1");
    }

    @Test
    void retainsTheTurnWhileItsNodeActs() {
        grantTheFirstTurn();
        var turn = auditPolicy().getStatus().turn();
        report("cp1", Phase.ACTING, turn.id());
        now = now.plusSeconds(600);
        reconcile();

        assertThat(auditPolicy().getStatus().turn()).isEqualTo(turn);
    }

    @Test
    void isReadyForThisGenerationWhenEveryNodeIsEffective() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.EFFECTIVE, null);
        report("cp2", Phase.EFFECTIVE, null);
        reconcile();

        var status = auditPolicy().getStatus();
        assertThat(condition("Ready").status()).isEqualTo("True");
        assertThat(status.committedRevision())
                .isEqualTo(auditNode("cp1").getSpec().revision());
        assertThat(status.observedGeneration())
                .isEqualTo(auditPolicy().getMetadata().getGeneration());
    }

    @Test
    void ignoresAnExpiredProof() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.EFFECTIVE, null);
        report("cp2", Phase.EFFECTIVE, null);
        reconcile();
        now = now.plus(Duration.ofMinutes(16));
        reconcile();

        assertThat(condition("Effective").status()).isEqualTo("Unknown");
        assertThat(condition("Ready").message()).contains("cp1", "cp2", "proof expired");
    }

    @Test
    void storesTheCommittedRevisionForNodesThatJoin() {
        apply(POLICY);
        commit();
        apply(POLICY.replace("Metadata", "Request"));
        createNode("cp3", "cp3");
        reconcile();

        assertThat(auditNode("cp1").getSpec().policy()).contains("level: \"Request\"");
        assertThat(auditNode("cp3").getSpec().policy()).contains("level: \"Metadata\"");
    }

    /** As "kubeadm reset" leaves it: nobody is there to report anything. */
    @Test
    void doesNotBelieveANodeThatIsLost() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.EFFECTIVE, null);
        report("cp2", Phase.EFFECTIVE, null);
        reconcile();
        assertThat(condition("Ready").status()).isEqualTo("True");

        kubeletOf("cp2", "Unknown");
        reconcile();

        assertThat(condition("Ready").status()).isEqualTo("False");
        assertThat(condition("Ready").message())
                .contains("neither kubelet nor kube-apiserver of node cp2", "kubectl delete node cp2");

        kubeletOf("cp2", "True");
        reconcile();

        assertThat(condition("Ready").status()).isEqualTo("True");
    }

    private void kubeletOf(String node, String ready) {
        administrator.nodes().withName(node).editStatus(known -> new NodeBuilder(known)
                .editOrNewStatus()
                .withConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready)
                        .withLastHeartbeatTime("2026-01-01T00:00:00Z")
                        .build())
                .endStatus()
                .build());
    }

    /** A release that was rolled back meets what a newer one has stored. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"novelty\": 1}", "{\"log\": {\"path\": \"/var/log/a/b\", \"mode\": \"quantum\"}}"})
    void replacesACommittedRevisionOfANewerRelease(String data) {
        apply(POLICY);
        reconcile();
        var revision = auditNode("cp1").getSpec().revision();
        var stored = Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: ControllerRevision
                metadata: {name: auditpolicy-%s, namespace: auditpolicy-system}
                revision: 1
                data: %s
                """.formatted(revision, data), ControllerRevision.class);
        administrator.resource(stored).create();
        commit();
        reconcile();

        assertThat(condition("Ready").status()).isEqualTo("True");
    }

    @Test
    void storesOnlyOneCommittedRevision() {
        apply(POLICY);
        commit();
        apply(POLICY.replace("Metadata", "Request"));
        commit();

        assertThat(administrator
                        .apps()
                        .controllerRevisions()
                        .inNamespace("auditpolicy-system")
                        .list()
                        .getItems())
                .extracting(kept -> kept.getMetadata().getName())
                .containsExactly("auditpolicy-" + auditPolicy().getStatus().committedRevision());
    }

    /** Applies a policy that both nodes have then checked. */
    private void grantTheFirstTurn() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.CHECKED, null);
        report("cp2", Phase.CHECKED, null);
        reconcile();
    }

    /** Makes every node report the current spec as effective. */
    private void commit() {
        reconcile();
        report("cp1", Phase.EFFECTIVE, null);
        report("cp2", Phase.EFFECTIVE, null);
        reconcile();
    }

    @Test
    void isNotReadyWhileAnApiServerHasNoNode() {
        administrator.nodes().withName("cp1").delete();
        apply(POLICY);
        reconcile();
        report("cp2", Phase.EFFECTIVE, null);
        reconcile();

        assertThat(condition("Ready").status()).isEqualTo("False");
        assertThat(condition("Ready").reason()).isEqualTo("UnmanagedAPIServer");
        assertThat(condition("Ready").message()).contains(hostName());
        assertThat(condition("Effective").status()).isEqualTo("Unknown");
        assertThat(events()).anySatisfy(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("UnmanagedAPIServer");
        });
    }

    @Test
    void namesANodeWithoutAnAgentWithinAMinute() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.CHECKED, null);
        reconcile();
        assertThat(condition("Ready").reason()).isEqualTo("Checking");

        now = now.plusSeconds(50);
        reconcile();

        assertThat(condition("Ready").reason()).isEqualTo("AgentMissing");
        assertThat(condition("Ready").message())
                .contains("kubectl label node cp2 node-role.kubernetes.io/control-plane-")
                .doesNotContain("cp1");
        assertThat(events()).anySatisfy(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("AgentMissing");
        });
    }

    /** As one whose image cannot be pulled after an upgrade: what it reported before is about another revision. */
    @Test
    void namesAnAgentThatDoesNotReportOnANewRevision() {
        apply(POLICY);
        reconcile();
        report("cp1", Phase.CHECKED, null);
        report("cp2", Phase.CHECKED, null);
        apply(POLICY.replace("level: Metadata", "level: Request"));
        reconcile();
        report("cp1", Phase.CHECKED, null);

        now = now.plusSeconds(50);
        reconcile();

        assertThat(condition("Ready").reason()).isEqualTo("AgentMissing");
        assertThat(condition("Ready").message()).contains("cp2").doesNotContain("cp1");
    }

    @Test
    void rollsOutASpecWithFindings() {
        apply(POLICY.replace("level: Metadata", "level: RequestResponse"));
        reconcile();

        assertThat(condition("Accepted").status()).isEqualTo("True");
        assertThat(condition("Accepted").reason()).isEqualTo("ValidWithFindings");
        assertThat(condition("Accepted").message()).contains("spec.policy.rules[0]", "secrets");
        assertThat(auditNode("cp1").getSpec().policy()).contains("RequestResponse");
        assertThat(events()).anySatisfy(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("ValidWithFindings");
        });
    }

    @Test
    void grantsNoTurnBeforeTheRevisionIsApproved() {
        var manual = POLICY.replace("rollout: {", "rollout: {approve: Manual, ");
        apply(manual);
        reconcile();
        report("cp1", Phase.CHECKED, null);
        report("cp2", Phase.CHECKED, null);
        reconcile();

        assertThat(condition("Ready").reason()).isEqualTo("AwaitingApproval");
        assertThat(auditPolicy().getStatus().turn()).isNull();
        var revision = auditPolicy().getStatus().revision();
        assertThat(auditPolicy().getStatus().plan().revision()).isEqualTo(revision);

        apply(manual.replace("approve: Manual", "approve: Manual, approvedRevision: \"" + revision + "\""));
        reconcile();

        assertThat(condition("Ready").reason()).isNotEqualTo("AwaitingApproval");
    }

    @Test
    void takesTemporaryRulesOutAtTheirTime() {
        apply(POLICY.replaceFirst("(?m)^spec:$", """
                spec:
                  temporaryRules:
                  - until: "%s"
                    reason: flood
                    rules: [{level: None, users: [flooder]}]""".formatted(now.plusSeconds(3600))));
        reconcile();
        assertThat(auditNode("cp1").getSpec().policy()).contains("flooder");

        now = now.plusSeconds(3601);
        reconcile();

        assertThat(auditNode("cp1").getSpec().policy()).doesNotContain("flooder");
        assertThat(auditPolicy().getStatus().temporaryRules())
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(State.OVERDUE));
        assertThat(events()).extracting(Event::getReason).contains("TemporaryRulesOverdue");
    }

    @Test
    void recordsAChangeAsAnEvent() {
        apply(POLICY);
        reconcile();

        assertThat(events()).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("Checking");
            assertThat(event.getNote()).contains("cp1", "cp2");
        });
    }

    @Test
    void writesNothingWhenNothingHasChanged() {
        apply(POLICY);
        reconcile();
        reconcile();
        var before = auditPolicy().getMetadata().getResourceVersion();
        reconcile();

        assertThat(auditPolicy().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void keepsThePolicyTextIfTheRevisionIsEqual() {
        apply(POLICY);
        reconcile();
        var node = auditNode("cp1");
        var older = node.getSpec();
        node.setSpec(new AuditNodeSpec(
                older.revision(), 1L, "# formatted by an older release\n" + older.policy(), older.log(), 10, 180));
        controller.resource(node).update();

        reconcile();

        assertThat(auditNode("cp1").getSpec().policy()).startsWith("# formatted by an older release");
    }

    @Test
    void removesTheAuditNodeOfANodeThatLeftTheControlPlane() {
        apply(POLICY);
        reconcile();
        administrator.nodes().withName("cp2").delete();
        reconcile();

        assertThat(administrator.resources(AuditNode.class).list().getItems())
                .extracting(node -> node.getMetadata().getName())
                .containsExactly("cp1");
    }

    @Test
    void removesTheAuditNodeOfANodeThatLeftEvenIfTheSpecIsInvalid() {
        apply(POLICY);
        reconcile();
        administrator.nodes().withName("cp2").delete();
        apply(POLICY + "  webhook: {kubeconfigSecret: {name: hook}}\n");
        reconcile();

        assertThat(condition("Accepted").status()).isEqualTo("False");
        assertThat(administrator.resources(AuditNode.class).list().getItems())
                .extracting(node -> node.getMetadata().getName())
                .containsExactly("cp1");
    }

    @Test
    void holdsTheTurnOfANodeThatLeavesTheControlPlaneWhileItActs() {
        grantTheFirstTurn();
        var turn = auditPolicy().getStatus().turn();
        report(turn.node(), Phase.ACTING, turn.id());

        administrator.nodes().withName(turn.node()).delete();
        reconcile();
        reconcile();

        assertThat(auditPolicy().getStatus().turn()).isEqualTo(turn);
        assertThat(condition("Ready").message()).contains("has left the control plane during its turn");
        assertThat(auditNode(turn.node()).getMetadata().getDeletionTimestamp()).isNotNull();

        report(turn.node(), Phase.EFFECTIVE, null);
        reconcile();
        reconcile();

        assertThat(administrator
                        .resources(AuditNode.class)
                        .withName(turn.node())
                        .get())
                .isNull();
        assertThat(condition("Ready").reason()).isEqualTo("UnmanagedAPIServer");
    }

    /** Its kube-apiserver goes on with what was configured there, and no agent runs there that would say so. */
    @Test
    void saysThatANodeWhichHasLostItsLabelIsNoLongerManaged() {
        apply(POLICY);
        commit();
        administrator.nodes().withName("cp1").edit(node -> {
            node.getMetadata().getLabels().remove(Cluster.CONTROL_PLANE);
            return node;
        });
        reconcile();

        assertThat(auditNode("cp1").getStatus().phase()).isEqualTo(Phase.UNMANAGED);
        assertThat(auditNode("cp1").getStatus().message()).contains("label the Node again");
        assertThat(auditNode("cp1").getStatus().proof()).isNotNull();
        var version = auditNode("cp1").getMetadata().getResourceVersion();
        reconcile();
        assertThat(auditNode("cp1").getMetadata().getResourceVersion()).isEqualTo(version);

        administrator.nodes().withName("cp1").edit(node -> {
            node.getMetadata().getLabels().put(Cluster.CONTROL_PLANE, "");
            return node;
        });
        report("cp1", Phase.EFFECTIVE, null);
        reconcile();
        assertThat(condition("Ready").status()).isEqualTo("True");

        administrator.nodes().withName("cp1").delete();
        reconcile();
        assertThat(administrator.resources(AuditNode.class).withName("cp1").get())
                .isNull();
    }

    @Test
    void protectsOnlyTheAuditNodeOfTheNodeThatHasTheTurn() {
        grantTheFirstTurn();

        assertThat(auditNode("cp1").getMetadata().getFinalizers()).containsExactly("auditpolicy.dev/turn");
        assertThat(auditNode("cp2").getMetadata().getFinalizers()).isEmpty();

        apply(POLICY.replace("Metadata", "Request"));
        reconcile();
        reconcile();

        assertThat(auditPolicy().getStatus().turn()).isNull();
        assertThat(auditNode("cp1").getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void rejectsAStatusUpdateOfAStaleObject() {
        apply(POLICY);
        var cluster = new Cluster(controller);
        var stale = cluster.auditPolicy().orElseThrow();
        stale.setStatus(new StatusFactory(() -> now)
                .accepted(stale, AuditPolicyStates.desired("r"), List.of(), List.of(), new Decision.Complete()));
        apply(POLICY.replace("Metadata", "Request"));

        assertThatThrownBy(() -> cluster.updateStatus(stale))
                .isInstanceOfSatisfying(KubernetesClientException.class, conflict -> assertThat(conflict.getCode())
                        .isEqualTo(409));
    }

    /** The CRD can be another version, which accepts what the CRD of this release rejects. */
    @Test
    void rejectsUnknownFieldsThatTheSchemaAccepted() {
        var crd = administrator
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("auditpolicies.auditpolicy.dev");
        var shipped = crd.get();
        crd.edit(found -> {
            var schema = found.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
            var spec = schema.getProperties().get("spec");
            spec.getProperties().clear();
            spec.getRequired().clear();
            spec.getXKubernetesValidations().clear();
            spec.setXKubernetesPreserveUnknownFields(true);
            return found;
        });
        try {
            var broken = POLICY.replace(
                    "{level: Metadata}",
                    "{level: Metadata, verb: [delete], resources: [{groups: \"\", resources: [pods]}]}");
            await("the other CRD is in force").untilAsserted(() -> {
                apply(broken);
                assertThat(auditPolicy().getSpec().policy().toString()).contains("groups");
            });
            reconcile();

            assertThat(condition("Accepted").status()).isEqualTo("False");
            assertThat(condition("Accepted").message())
                    .contains("spec.policy.rules[0].verb", "verbs")
                    .contains("spec.policy.rules[0].resources[0].groups");
            assertThat(condition("Stalled").status()).isEqualTo("True");
            // The nodes are observed all the same.
            assertThat(administrator.resources(AuditNode.class).list().getItems())
                    .hasSize(2)
                    .allMatch(node -> node.getSpec() == null);
        } finally {
            crd.edit(found -> {
                found.setSpec(shipped.getSpec());
                return found;
            });
        }
    }

    private void reconcile() {
        reconciler.reconcile(auditPolicy(), null);
    }

    private static void apply(String manifest) {
        administrator
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private static AuditPolicy auditPolicy() {
        return administrator.resources(AuditPolicy.class).withName("cluster").get();
    }

    private static Condition condition(String type) {
        return auditPolicy().getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static List<Event> events() {
        var uid = auditPolicy().getMetadata().getUid();
        return administrator.events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> uid.equals(event.getRegarding().getUid()))
                .toList();
    }

    private static AuditNode auditNode(String name) {
        return administrator.resources(AuditNode.class).withName(name).get();
    }

    /** The host name in the identity lease of the API server. */
    private static String hostName() {
        await("the identity lease of the API server")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !new Cluster(controller).apiServerLeases().isEmpty());
        return new Cluster(controller)
                .apiServerLeases()
                .getFirst()
                .getMetadata()
                .getLabels()
                .get("kubernetes.io/hostname");
    }

    private void createNode(String name, String hostName) {
        administrator
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Cluster.CONTROL_PLANE, "")
                        .addToLabels("kubernetes.io/hostname", hostName)
                        .endMetadata()
                        .build())
                .create();
    }

    private Proof proof(AuditNode node) {
        return new Proof(node.getSpec().revision(), 1L, now, "0".repeat(64), now, null);
    }

    /** As the agent of that node, whose kube-apiserver has run for a minute. */
    private void report(String name, Phase phase, String activeTurnID) {
        var node = auditNode(name);
        var server = new KubeAPIServer("v1.36.3", "192.0.2.1:6443", now.minusSeconds(60));
        node.setStatus(new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                node.getSpec().revision(),
                activeTurnID,
                null,
                server,
                phase == Phase.EFFECTIVE ? proof(node) : null,
                "",
                null,
                List.of()));
        try (var agent = apiServer.clientOf(Account.agentOn(name))) {
            agent.resource(node).updateStatus();
        }
    }
}
