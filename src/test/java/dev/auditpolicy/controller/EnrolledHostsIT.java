package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts with a kube-apiserver and no Node, with the shipped RBAC and admission policies. */
@ExtendWith(OperatorInstalled.class)
class EnrolledHostsIT {

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private Instant now = Instant.now();
    private AuditPolicyReconciler reconciler;

    EnrolledHostsIT(ApiServer apiServer) {
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
    }

    @BeforeEach
    void aHostWithAKubeApiServer() {
        InstantSource clock = () -> now;
        var cluster = new Cluster(controller);
        reconciler = new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), clock), clock),
                new Compiler(cluster, InstantSource.system()),
                new StatusFactory(clock),
                new StatusWriter(cluster, new EventRecorder(controller, EVENTS, clock)),
                clock,
                new OwnNode(Optional.empty()),
                new CommittedRevisions(controller, "auditpolicy-system"),
                new ClusterMeters(new SimpleMeterRegistry(), "test"));
        administrator.resource(Samples.auditPolicy()).create();
        renewLease();
    }

    @AfterEach
    void emptyCluster() {
        administrator.resources(AuditPolicy.class).delete();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> controller
                .resource(node)
                .delete());
        administrator
                .configMaps()
                .inNamespace("auditpolicy-system")
                .withName("enrolled-hosts")
                .delete();
        administrator
                .leases()
                .inNamespace("kube-system")
                .withName("apiserver-test")
                .delete();
        administrator.close();
        controller.close();
    }

    @Test
    void isUnmanagedUntilItIsEnrolled() {
        reconcile();

        assertThat(auditNode()).isEmpty();
        assertThat(ready().message()).contains("kube-apiserver on host", "Master1", "auditpolicy enroll ");
    }

    @Test
    void hasAnAuditNodeOnceItIsEnrolled() {
        enroll("master1");
        reconcile();

        assertThat(auditNode()).hasValueSatisfying(node -> {
            assertThat(node.host()).isEqualTo("Master1");
            assertThat(node.getMetadata().getOwnerReferences()).isEmpty();
            assertThat(node.getSpec()).isNotNull();
        });
        assertThat(ready().message()).doesNotContain("enroll Master1");
    }

    @Test
    void hasNoneWithoutAKubeApiServer() {
        enroll("master1", "master9");
        reconcile();

        assertThat(administrator.resources(AuditNode.class).list().getItems())
                .extracting(node -> node.getMetadata().getName())
                .containsExactly("master1");
    }

    /** kube-apiserver deletes its Lease in each restart of a rollout, and somebody may have to replace a disk. */
    @Test
    void keepsItsAuditNodeWithoutALease() {
        enroll("master1");
        reconcile();
        var uid = auditNode().orElseThrow().getMetadata().getUid();

        administrator
                .leases()
                .inNamespace("kube-system")
                .withName("apiserver-test")
                .delete();
        now = now.plus(Duration.ofDays(1));
        reconcile();

        assertThat(auditNode().map(node -> node.getMetadata().getUid())).contains(uid);
    }

    @Test
    void losesItsAuditNodeWhenItIsNotEnrolledAnyMore() {
        enroll("master1");
        reconcile();
        assertThat(auditNode()).isPresent();

        enroll("another");
        reconcile();

        assertThat(auditNode()).isEmpty();
        assertThat(ready().message()).contains("auditpolicy enroll");
    }

    private void reconcile() {
        reconciler.reconcile(
                administrator.resources(AuditPolicy.class).withName("cluster").get(), null);
    }

    private void renewLease() {
        administrator
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("apiserver-test")
                        .withNamespace("kube-system")
                        .addToLabels(Cluster.IDENTITY_LABEL, Cluster.IDENTITY)
                        .addToLabels("kubernetes.io/hostname", "Master1")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("test")
                        .withLeaseDurationSeconds(3600)
                        .withRenewTime(now.atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private void enroll(String... hosts) {
        administrator
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("enrolled-hosts")
                        .withNamespace("auditpolicy-system")
                        .endMetadata()
                        .withData(Arrays.stream(hosts).collect(Collectors.toMap(host -> host, _ -> "")))
                        .build())
                .serverSideApply();
    }

    private Optional<AuditNode> auditNode() {
        return Optional.ofNullable(
                administrator.resources(AuditNode.class).withName("master1").get());
    }

    private Condition ready() {
        return Conditions.find(
                        administrator
                                .resources(AuditPolicy.class)
                                .withName("cluster")
                                .get()
                                .getStatus(),
                        Conditions.READY)
                .orElseThrow();
    }
}
