package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an agent's status writes leave behind as Events, with the shipped RBAC and admission policies. */
@ExtendWith(OperatorInstalled.class)
class PhaseEventsIT {

    private static final String NODE = "events-node";

    private final KubernetesClient administrator;
    private final KubernetesClient controller;
    private final KubernetesClient agent;
    private final KubernetesClient withoutRights;

    PhaseEventsIT(ApiServer apiServer) {
        administrator = apiServer.client();
        controller = apiServer.clientOf(Account.controller());
        agent = apiServer.clientOf(Account.agentOn(NODE));
        withoutRights = apiServer.clientOf(new Account("stranger", List.of(), Optional.empty()));
    }

    @BeforeEach
    void anAuditNode() {
        controller.resource(Samples.auditNode(NODE)).create();
    }

    @AfterEach
    void close() {
        controller.resources(AuditNode.class).withName(NODE).delete();
        List.of(administrator, controller, agent, withoutRights).forEach(KubernetesClient::close);
    }

    @Test
    void recordsEachChangeOfPhaseOfTheAuditNode() {
        var api = api(agent);
        api.updateStatus(api.auditNode().orElseThrow(), status(Phase.EFFECTIVE, ""));
        api.updateStatus(api.auditNode().orElseThrow(), status(Phase.EFFECTIVE, "still"));
        api.updateStatus(api.auditNode().orElseThrow(), status(Phase.CHECKED, "a flag differs"));

        assertThat(events())
                .extracting(Event::getReason, Event::getType)
                .containsExactlyInAnyOrder(tuple("Effective", "Normal"), tuple("NoLongerEffective", "Warning"));
        assertThat(events()).allSatisfy(event -> {
            assertThat(event.getReportingInstance()).isEqualTo(NODE);
            assertThat(event.getRegarding().getKind()).isEqualTo("AuditNode");
        });
    }

    @Test
    void recordsAWarningAfterManyNormalEvents() {
        var events = recorder(agent);
        var node = api(agent).auditNode().orElseThrow();
        for (var rollout = 0; rollout < 30; rollout++) {
            events.record(node, EventRecorder.Type.Normal, "Effective", "runs it");
        }

        events.record(node, EventRecorder.Type.Warning, "NoLongerEffective", "the log was deleted");

        assertThat(events()).extracting(Event::getReason).contains("NoLongerEffective");
    }

    @Test
    void writesTheStatusWithoutPermissionToWriteEvents() {
        var api = api(agent, withoutRights);

        var written = api.updateStatus(api.auditNode().orElseThrow(), status(Phase.EFFECTIVE, ""));

        assertThat(written.getStatus().phase()).isEqualTo(Phase.EFFECTIVE);
        assertThat(events()).isEmpty();
    }

    private static KubernetesApi api(KubernetesClient client) {
        return api(client, client);
    }

    private static KubernetesApi api(KubernetesClient client, KubernetesClient forEvents) {
        return new KubernetesApi(client, NODE, "auditpolicy-system", "agent", new PhaseEvents(recorder(forEvents)));
    }

    private static EventRecorder recorder(KubernetesClient client) {
        return new EventRecorder(
                client, new EventRecorder.Source("auditpolicy.dev/agent", NODE), InstantSource.system());
    }

    private List<Event> events() {
        var uid = administrator
                .resources(AuditNode.class)
                .withName(NODE)
                .get()
                .getMetadata()
                .getUid();
        return administrator.events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> uid.equals(event.getRegarding().getUid()))
                .toList();
    }

    private static AuditNodeStatus status(Phase phase, String message) {
        return new AuditNodeStatus(1L, phase, "a", null, null, null, null, message, null, List.of());
    }
}
