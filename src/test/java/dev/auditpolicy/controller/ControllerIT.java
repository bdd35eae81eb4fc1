package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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
        operator = new Operator(
                configuration -> configuration.withKubernetesClient(controller).withCloseClientOnStop(false));
        operator.register(new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), clock), clock),
                new Compiler(cluster),
                new StatusFactory(clock),
                new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock)),
                this::nowUnlessBroken,
                new OwnNode(Optional.empty()),
                new CommittedRevisions(controller, "auditpolicy-system"),
                new ClusterMeters(registry, "test")));
        operator.start();
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
