package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.controller.enroll.EnrollmentReconciler;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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

/** The reconciler as the operator SDK calls it: on events, and again after a failure. */
@ExtendWith(OperatorInstalled.class)
class ControllerIT {

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile boolean isBroken;
    private Operator operator;

    ControllerIT(ApiServer apiServer) {
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
    }

    @BeforeEach
    void startOperator() {
        createNode();
        var clock = InstantSource.system();
        var cluster = new Cluster(controller);
        operator = new Operator(
                configuration -> configuration.withKubernetesClient(controller).withCloseClientOnStop(false));
        register(clock, cluster);
    }

    private void createNode() {
        administrator
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("cp1")
                        .addToLabels(Cluster.CONTROL_PLANE, "")
                        .endMetadata()
                        .build())
                .create();
    }

    private void register(InstantSource clock, Cluster cluster) {
        operator.register(new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), clock), clock),
                new Compiler(cluster, InstantSource.system()),
                new StatusFactory(clock),
                new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock)),
                this::nowUnlessBroken,
                new OwnNode(Optional.empty()),
                new CommittedRevisions(controller, "auditpolicy-system"),
                new ClusterMeters(registry, "test")));
        operator.register(new EnrollmentReconciler(controller));
        operator.start();
    }

    /** A cluster is seen before it is owned, and afterwards. */
    @Test
    void desiresNothingOfANodeWithoutAnAuditPolicy() {
        await("an AuditNode").untilAsserted(() -> assertThat(auditNode()).isNotNull());
        assertThat(auditNode().getSpec()).isNull();
        assertThat(auditNode().getMetadata().getOwnerReferences()).hasSize(1);

        administrator.resource(Samples.auditPolicy()).create();
        await("a spec").untilAsserted(() -> assertThat(auditNode().getSpec()).isNotNull());

        administrator.resource(Samples.auditPolicy()).delete();
        await("no spec").untilAsserted(() -> assertThat(auditNode().getSpec()).isNull());
    }

    @Test
    void enrollsANodeAgainWhoseAuditNodeIsGone() {
        await("an AuditNode").untilAsserted(() -> assertThat(auditNode()).isNotNull());
        var first = auditNode().getMetadata().getUid();

        controller.resources(AuditNode.class).withName("cp1").delete();

        awaitAnother(first);
    }

    /** What its AuditNode states is about the machine that is gone. */
    @Test
    void enrollsAReplacedNodeOfTheSameName() {
        await("an AuditNode").untilAsserted(() -> assertThat(auditNode()).isNotNull());
        var first = auditNode().getMetadata().getUid();

        administrator.nodes().withName("cp1").delete();
        createNode();

        awaitAnother(first);
    }

    @Test
    void desiresNothingWhileNoAuditPolicyIsValid() {
        await("an AuditNode").untilAsserted(() -> assertThat(auditNode()).isNotNull());
        administrator.resource(Serialization.unmarshal("""
                        apiVersion: auditpolicy.dev/v1alpha1
                        kind: AuditPolicy
                        metadata: {name: cluster}
                        spec:
                          policy: {rules: [{level: Metadata}]}
                          webhook: {kubeconfigSecret: {name: a}}
                        """, AuditPolicy.class)).create();

        awaitReady()
                .untilAsserted(() -> assertThat(ready().map(Condition::reason)).contains("Invalid"));

        assertThat(auditNode().getSpec()).isNull();
    }

    private void awaitAnother(String uid) {
        await("another AuditNode").untilAsserted(() -> assertThat(Optional.ofNullable(auditNode())
                        .map(node -> node.getMetadata().getUid()))
                .isPresent()
                .isNotEqualTo(Optional.of(uid)));
    }

    private AuditNode auditNode() {
        return administrator.resources(AuditNode.class).withName("cp1").get();
    }

    private Instant nowUnlessBroken() {
        if (isBroken) {
            throw new IllegalStateException("odd object");
        }
        return Instant.now();
    }

    @AfterEach
    void stopOperator() {
        operator.stop();
        administrator.resources(AuditPolicy.class).delete();
        administrator.nodes().delete();
        administrator.close();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> controller
                .resource(node)
                .delete());
        controller.close();
    }

    @Test
    void reportsAFailureInTheStatusUntilItIsOver() {
        isBroken = true;
        administrator.resource(Samples.auditPolicy()).create();

        awaitReady().untilAsserted(() -> assertThat(ready()).hasValueSatisfying(ready -> {
            assertThat(ready.status()).isEqualTo("Unknown");
            assertThat(ready.reason()).isEqualTo("ControllerFailed");
            assertThat(ready.message()).contains("odd object");
        }));

        isBroken = false;

        awaitReady()
                .untilAsserted(() -> assertThat(ready().map(Condition::reason)).contains("Checking"));
    }

    @Test
    void removesTheMetricsOfADeletedAuditPolicy() {
        administrator.resource(Samples.auditPolicy()).create();
        await("metrics").untilAsserted(() -> assertThat(names()).contains("auditpolicy_condition"));

        administrator.resource(Samples.auditPolicy()).delete();

        await("no metrics").untilAsserted(() -> assertThat(names()).doesNotContain("auditpolicy_condition"));
    }

    private List<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .toList();
    }

    private static ConditionFactory awaitReady() {
        return await("the condition Ready").atMost(Duration.ofSeconds(30));
    }

    private Optional<Condition> ready() {
        var policy =
                administrator.resources(AuditPolicy.class).withName("cluster").get();
        return Conditions.find(policy.getStatus(), Conditions.READY);
    }
}
