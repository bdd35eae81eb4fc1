package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.controller.ApiServerReadiness;
import dev.auditpolicy.controller.AuditPolicyReconciler;
import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.controller.CommittedRevisions;
import dev.auditpolicy.controller.Compiler;
import dev.auditpolicy.controller.Observer;
import dev.auditpolicy.controller.OwnNode;
import dev.auditpolicy.controller.StatusFactory;
import dev.auditpolicy.controller.StatusWriter;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.ProcTicker;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent of one node reports, however odd, stops neither the controller nor the agents of other nodes. */
@ExtendWith(OperatorInstalled.class)
class OddStatusIT {

    private static final int ROUNDS = 60;
    private static final InstantSource CLOCK = InstantSource.system();

    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private final KubernetesClient agent;
    private final KubernetesClient oddAgent;
    private final AuditPolicyReconciler reconciler;
    private final StatusReport report = new StatusReport(CLOCK);

    @TempDir
    private Path directory;

    OddStatusIT(ApiServer apiServer) {
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
        agent = apiServer.clientOf(Account.agentOn("cp1"));
        oddAgent = apiServer.clientOf(Account.agentOn("cp2"));
        var cluster = new Cluster(controller);
        var source = new EventRecorder.Source("auditpolicy.dev/controller", "controller");
        reconciler = new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, new ApiServerReadiness(_ -> Optional.empty(), CLOCK), CLOCK),
                new Compiler(cluster, InstantSource.system()),
                new StatusFactory(CLOCK),
                new StatusWriter(cluster, new EventRecorder(controller, source, CLOCK)),
                CLOCK,
                new OwnNode(Optional.empty()),
                new CommittedRevisions(controller, "auditpolicy-system"),
                new ClusterMeters(new SimpleMeterRegistry(), "test"));
    }

    @BeforeEach
    void twoNodes() {
        for (var name : List.of("cp1", "cp2")) {
            administrator
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("node-role.kubernetes.io/control-plane", "")
                            .endMetadata()
                            .build())
                    .create();
        }
        administrator.resource(Samples.auditPolicy()).create();
        reconcile();
    }

    @AfterEach
    void deleteObjects() {
        administrator.resources(AuditPolicy.class).delete();
        administrator.nodes().delete();
        controller.resources(AuditNode.class).list().getItems().forEach(node -> {
            node.getMetadata().setFinalizers(List.of());
            controller.resource(controller.resource(node).update()).delete();
        });
        List.of(administrator, controller, agent, oddAgent).forEach(KubernetesClient::close);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stopsNeitherTheControllerNorAnyAgent(long seed) throws IOException {
        var statuses = new RandomStatuses(seed);
        var admitted = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var status = statuses.next();
            if (!report(status)) {
                continue;
            }
            admitted++;
            reconcile();
            assertThat(policy().getStatus().observedGeneration())
                    .as("with %s", status)
                    .isPositive();
            acquireATurnOfAnotherNode();
            replaceTheOddStatus();
        }
        assertThat(admitted).as("statuses within the schema").isGreaterThan(ROUNDS / 4);
    }

    @Test
    void saysThatTheClockOfTheNodeDiffers() throws IOException {
        var acquirer = acquire(CLOCK.instant().minus(Duration.ofHours(2)));

        assertThat(acquirer.obstacle().orElseThrow()).contains("synchronize the clocks");
    }

    /** Whether the API server admits the status. */
    private boolean report(JsonNode status) {
        var node = oddAgent.genericKubernetesResources("auditpolicy.dev/v1alpha1", "AuditNode")
                .withName("cp2")
                .get();
        node.setAdditionalProperty("status", status);
        try {
            oddAgent.resource(node).updateStatus();
            return true;
        } catch (KubernetesClientException rejected) {
            assertThat(rejected.getCode()).as(rejected.getMessage()).isIn(400, 422);
            return false;
        }
    }

    private void reconcile() {
        reconciler.reconcile(policy(), null);
    }

    private AuditPolicy policy() {
        return administrator.resources(AuditPolicy.class).withName("cluster").get();
    }

    /** As the agent of cp1, which reads the status of cp2. By an odd one, no kube-apiserver may run there; one runs on no node. */
    private void acquireATurnOfAnotherNode() throws IOException {
        assertThat(acquire(CLOCK.instant()).obstacle().orElseThrow()).containsAnyOf("cp2", "it has no AuditNode");
    }

    private TurnAcquirer acquire(Instant issuedAt) throws IOException {
        var protectedNode =
                controller.resources(AuditNode.class).withName("cp1").get();
        protectedNode.getMetadata().setFinalizers(List.of(Api.TURN_FINALIZER));
        controller.resource(protectedNode).update();
        var node = agent.resources(AuditNode.class).withName("cp1").get();
        grantTo("cp1", node.getSpec().revision(), issuedAt);
        var api = new KubernetesApi(agent, "cp1", "auditpolicy-system", "agent", StatusListener.all());
        node = api.updateStatus(node, report.failing(node, "no turn before this one"));

        var journals = new JournalFile(
                new NodeFiles(new LinuxDisk()), directory.resolve("journal").toString());
        var acquirer = new TurnAcquirer(api, new NeverReady(), journals, report, CLOCK, new ProcTicker());

        assertThat(acquirer.acquire(node, Journal.empty(), true)).isEqualTo(TurnAcquirer.Result.NOT_NOW);
        return acquirer;
    }

    private void grantTo(String name, String revision, Instant issuedAt) {
        var policy = controller.resources(AuditPolicy.class).withName("cluster").get();
        var status = policy.getStatus();
        policy.setStatus(new AuditPolicyStatus(
                status.observedGeneration(),
                status.revision(),
                status.committedRevision(),
                new Turn(UUID.randomUUID().toString(), name, revision, 1, issuedAt),
                status.nodes(),
                status.conditions()));
        controller.resource(policy).updateStatus();
    }

    /** As the next agent of cp2, which keeps parts of the status that it finds. */
    private void replaceTheOddStatus() {
        var api = new KubernetesApi(oddAgent, "cp2", "auditpolicy-system", "agent", StatusListener.all());
        var node = api.auditNode().orElseThrow();

        var written = api.updateStatus(node, report.failing(node, "something"));

        assertThat(written.getStatus().message()).endsWith("something");
    }

    /** No kube-apiserver runs at the address that a random status contains. */
    private static final class NeverReady implements ApiServerProbe {

        @Override
        public boolean isReady(String address) {
            return false;
        }

        @Override
        public Optional<String> version(String address) {
            return Optional.empty();
        }
    }
}
