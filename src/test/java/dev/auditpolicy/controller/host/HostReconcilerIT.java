package dev.auditpolicy.controller.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.controller.ApiServerReadiness;
import dev.auditpolicy.controller.AuditPolicyReconciler;
import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.controller.CommittedRevisions;
import dev.auditpolicy.controller.Compiler;
import dev.auditpolicy.controller.Observer;
import dev.auditpolicy.controller.OwnNode;
import dev.auditpolicy.controller.RestorationReconciler;
import dev.auditpolicy.controller.StatusFactory;
import dev.auditpolicy.controller.StatusWriter;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.identity.EnrolledHosts;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of hosts without a single Node, as the operator SDK reconciles it. */
@ExtendWith(OperatorInstalled.class)
class HostReconcilerIT {

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private String host = "";
    private Operator operator;

    HostReconcilerIT(ApiServer apiServer) {
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
    }

    @BeforeEach
    void enrollTheHostOfTheApiServer() {
        waiting("the identity lease of the API server")
                .until(() -> !new Cluster(controller).apiServerLeases().isEmpty());
        host = new Cluster(controller)
                .apiServerLeases()
                .getFirst()
                .getMetadata()
                .getLabels()
                .get("kubernetes.io/hostname")
                .toLowerCase(Locale.ROOT);
        administrator
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(EnrolledHosts.CONFIG_MAP)
                        .withNamespace(EnrolledHosts.NAMESPACE)
                        .endMetadata()
                        .addToData(host, "")
                        .build())
                .serverSideApply();
        startOperator();
    }

    private void startOperator() {
        var clock = InstantSource.system();
        var cluster = new Cluster(controller);
        var observer = new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), clock), clock);
        var compiler = new Compiler(cluster, InstantSource.system());
        var statuses = new StatusFactory(clock);
        var writer = new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock));
        var nobody = new OwnNode(Optional.empty());
        var meters = new ClusterMeters(new SimpleMeterRegistry(), "test");
        var restoration =
                new RestorationReconciler(cluster, observer, compiler, statuses, writer, clock, nobody, meters);
        operator = new Operator(
                configuration -> configuration.withKubernetesClient(controller).withCloseClientOnStop(false));
        operator.register(new AuditPolicyReconciler(
                cluster,
                observer,
                compiler,
                statuses,
                writer,
                clock,
                nobody,
                new CommittedRevisions(controller, EnrolledHosts.NAMESPACE),
                meters));
        operator.register(restoration);
        operator.register(new HostReconciler(controller, restoration, clock));
        operator.start();
    }

    @AfterEach
    void stopOperator() {
        operator.stop();
        administrator.resources(AuditPolicy.class).list().getItems().forEach(policy -> {
            policy.getMetadata().getFinalizers().clear();
            administrator.resource(administrator.resource(policy).update()).delete();
        });
        removeEnrollment();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> controller
                .resource(node)
                .delete());
        administrator.close();
        controller.close();
    }

    /** A cluster is seen before it is owned. */
    @Test
    void observesAnEnrolledHostAsLongAsItIsEnrolled() {
        waiting("an AuditNode").until(() -> auditNode().isPresent());
        assertThat(auditNode().orElseThrow().getSpec()).isNull();

        removeEnrollment();

        waiting("no AuditNode").until(() -> auditNode().isEmpty());
    }

    @Test
    void givesTheHostsBackWhenTheAuditPolicyIsDeleted() {
        administrator.resource(Serialization.unmarshal("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log}
                  deletionPolicy: Restore
                """, AuditPolicy.class)).create();
        waiting("a spec").until(() -> auditNode().map(AuditNode::getSpec).isPresent());

        administrator.resources(AuditPolicy.class).withName("cluster").delete();

        waiting("the request to give the host back").until(() -> auditNode()
                .map(AuditNode::getSpec)
                .filter(spec -> spec.restore() != null)
                .isPresent());
    }

    private void removeEnrollment() {
        administrator
                .configMaps()
                .inNamespace(EnrolledHosts.NAMESPACE)
                .withName(EnrolledHosts.CONFIG_MAP)
                .delete();
    }

    private Optional<AuditNode> auditNode() {
        return Optional.ofNullable(
                administrator.resources(AuditNode.class).withName(host).get());
    }

    /** Nothing watches the ConfigMap; the host is seen within a minute. */
    private static ConditionFactory waiting(String what) {
        return await(what).atMost(Duration.ofMinutes(2));
    }
}
