package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.controller.enroll.EnrollmentReconciler;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The deletion of an AuditPolicy, with the reconcilers as the SDK calls them, the shipped RBAC and the admission policies. */
@ExtendWith(OperatorInstalled.class)
class RestorationIT {

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private final ApiServer apiServer;
    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private Operator operator;

    RestorationIT(ApiServer apiServer) {
        this.apiServer = apiServer;
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
    }

    @BeforeEach
    void startOperator() {
        administrator
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("cp1")
                        .addToLabels(Cluster.CONTROL_PLANE, "")
                        .endMetadata()
                        .build())
                .create();
        var clock = InstantSource.system();
        var cluster = new Cluster(controller);
        var observer = new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), clock), clock);
        var compiler = new Compiler(cluster, InstantSource.system());
        var statuses = new StatusFactory(clock);
        var writer = new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock));
        var node = new OwnNode(Optional.empty());
        var meters = new ClusterMeters(new SimpleMeterRegistry(), "test");
        operator = new Operator(
                configuration -> configuration.withKubernetesClient(controller).withCloseClientOnStop(false));
        operator.register(new AuditPolicyReconciler(
                cluster,
                observer,
                compiler,
                statuses,
                writer,
                clock,
                node,
                new CommittedRevisions(controller, "auditpolicy-system"),
                meters));
        operator.register(
                new RestorationReconciler(cluster, observer, compiler, statuses, writer, clock, node, meters));
        operator.register(new EnrollmentReconciler(controller));
        operator.start();
    }

    @AfterEach
    void stopOperator() {
        operator.stop();
        if (policy() != null) {
            setDeletionPolicy("Retain");
            administrator
                    .resources(AuditPolicy.class)
                    .withName("cluster")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
        administrator.resources(AuditPolicy.class).delete();
        administrator.nodes().delete();
        administrator.close();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> {
            node.getMetadata().setFinalizers(List.of());
            controller.resource(controller.resource(node).update()).delete();
        });
        controller.close();
    }

    @Test
    void hasAFinalizerOnlyWhileDeletionRestores() {
        create("Restore");
        awaiting("the finalizer")
                .untilAsserted(() ->
                        assertThat(policy().getMetadata().getFinalizers()).containsExactly(Api.RESTORE_FINALIZER));

        setDeletionPolicy("Retain");

        awaiting("no finalizer")
                .untilAsserted(
                        () -> assertThat(policy().getMetadata().getFinalizers()).isEmpty());
    }

    @Test
    void goesAtOnceByDefault() {
        create(null);

        administrator.resource(policy()).delete();

        awaiting("no AuditPolicy").untilAsserted(() -> assertThat(policy()).isNull());
    }

    @Test
    void goesWhenTheNodeIsGivenBack() {
        deleteWithRestore();
        var request = auditNode().getSpec().target();
        assertThat(request).startsWith("restore-");
        assertThat(ready().reason()).isIn("Restoring", "RestoreBlocked");

        report(Phase.RESTORED, request);

        awaiting("no AuditPolicy").untilAsserted(() -> assertThat(policy()).isNull());
        awaiting("nothing is desired")
                .untilAsserted(() -> assertThat(auditNode().getSpec()).isNull());
    }

    /** An agent of a release that knows no such request reports the revision that it has. */
    @Test
    void waitsForAnAgentThatDoesNotKnowTheRequest() {
        deleteWithRestore();

        report(Phase.EFFECTIVE, auditNode().getSpec().revision());

        awaiting("it waits for cp1")
                .untilAsserted(() -> assertThat(ready().message()).contains("0 of 1", "cp1"));
        assertThat(policy()).isNotNull();
    }

    @Test
    void namesAHeldNode() {
        deleteWithRestore();

        report(Phase.HELD, auditNode().getSpec().target());

        awaiting("it is blocked").untilAsserted(() -> {
            assertThat(ready().reason()).isEqualTo("RestoreBlocked");
            assertThat(ready().message()).contains("node cp1");
        });
    }

    @Test
    void goesWhenRetainIsSetMeanwhile() {
        deleteWithRestore();

        setDeletionPolicy("Retain");

        awaiting("no AuditPolicy").untilAsserted(() -> assertThat(policy()).isNull());
    }

    private void deleteWithRestore() {
        create("Restore");
        awaiting("the finalizer and a spec").untilAsserted(() -> {
            assertThat(policy().getMetadata().getFinalizers()).isNotEmpty();
            assertThat(auditNode().getSpec()).isNotNull();
        });
        administrator.resource(policy()).delete();
        awaiting("the request")
                .untilAsserted(
                        () -> assertThat(auditNode().getSpec().restores()).isTrue());
        awaiting("the status").untilAsserted(() -> assertThat(ready().reason()).startsWith("Restor"));
    }

    private void create(String deletionPolicy) {
        var spec = deletionPolicy == null ? "" : "\n  deletionPolicy: " + deletionPolicy;
        administrator
                .resource(Serialization.unmarshal("""
                        apiVersion: auditpolicy.dev/v1alpha1
                        kind: AuditPolicy
                        metadata: {name: cluster}
                        spec:
                          policy: {rules: [{level: Metadata}]}
                          log: {path: /var/log/kubernetes/audit/audit.log}""" + spec, AuditPolicy.class))
                .create();
    }

    private void setDeletionPolicy(String value) {
        administrator
                .resources(AuditPolicy.class)
                .withName("cluster")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"deletionPolicy\":\"" + value + "\"}}");
    }

    /** As the agent of cp1. */
    private void report(Phase phase, String revision) {
        var node = auditNode();
        node.setStatus(new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                revision,
                null,
                null,
                new KubeAPIServer("v1.36.3", "192.0.2.1:6443", Instant.now().minusSeconds(60)),
                null,
                "",
                null,
                List.of()));
        try (var agent = apiServer.clientOf(Account.agentOn("cp1"))) {
            agent.resource(node).updateStatus();
        }
    }

    private AuditPolicy policy() {
        return administrator.resources(AuditPolicy.class).withName("cluster").get();
    }

    private AuditNode auditNode() {
        return administrator.resources(AuditNode.class).withName("cp1").get();
    }

    private Condition ready() {
        return Conditions.find(policy().getStatus(), Conditions.READY).orElseThrow();
    }

    private static ConditionFactory awaiting(String what) {
        return await(what).atMost(Duration.ofSeconds(40)).ignoreExceptions();
    }
}
