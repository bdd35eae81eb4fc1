package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Policies on three nodes. After each test: no two kube-apiservers were down at once, and the operator has changed no other
 * file.
 */
@LabNodes(3)
@ExtendWith(OperatorExtension.class)
class RolloutE2E {

    private static final String CONFIG_MAP =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"e2e\"},\"data\":{\"a\":\"b\"}}";
    private static final String LABEL = "node-role.kubernetes.io/control-plane";
    private static final String MANIFESTS = "/etc/kubernetes/manifests";

    private static final Map<String, String> otherFilesBefore = new TreeMap<>();
    private static final List<String> measurements = new ArrayList<>();
    private static Availability availability;
    private static Requests requests;

    private final Operator operator;
    private final Lab lab;

    RolloutE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @BeforeAll
    static void observeEachApiServer(Operator operator) throws Exception {
        var lab = operator.lab();
        lab.nodes().forEach(node -> otherFilesBefore.put(node, operator.otherFiles(node)));
        availability = new Availability(lab);
        requests = new Requests(lab, AuditPolicies.LOG);
    }

    @AfterAll
    static void printMeasurements(Operator operator) {
        availability
                .outages()
                .forEach(outage -> measurements.add(
                        "API down: " + outage.node() + " " + outage.length().toMillis() + " ms"));
        operator.pods().memory().forEach(memory -> measurements.add("resident memory: " + memory + " kB"));
        measurements.forEach(System.out::println);
        requests.close();
        availability.close();
    }

    @AfterEach
    void noTwoApiServersWereDownAtOnce() {
        assertThat(availability.takeOverlaps())
                .as("two kube-apiservers down at once")
                .isEmpty();
    }

    @AfterEach
    void theOperatorChangedNoOtherFile() {
        otherFilesBefore.forEach(
                (node, before) -> assertThat(operator.otherFiles(node)).as(node).isEqualTo(before));
        for (var node : lab.nodes()) {
            assertThat(lab.exec(node, "ls", "-A", MANIFESTS).lines())
                    .as(node)
                    .containsExactlyInAnyOrder(
                            "etcd.yaml", "kube-apiserver.yaml", "kube-controller-manager.yaml", "kube-scheduler.yaml");
        }
    }

    @Test
    void everyApiServerRecordsByThePolicyWhenKubectlWaitReturns() {
        var start = Instant.now();
        operator.apply(AuditPolicies.secrets("waited-for"));
        operator.kubectlWaitForReady();
        measurements.add(
                "apply to Ready: " + Duration.between(start, Instant.now()).toMillis() + " ms");

        for (var node : lab.nodes()) {
            assertRecorded(node, "GET", "/api/v1/namespaces/kube-system/secrets", "", "Metadata");
            assertRecorded(node, "DELETE", "/api/v1/namespaces/default/pods/none", "", "Request");
            assertNotRecorded(node, "GET", "/api/v1/namespaces/default/pods");
            assertNotRecorded(node, "GET", "/version");
        }
        assertThat(operator.field("auditpolicy/cluster", ".status.nodes.summary"))
                .isEqualTo("3/3");
    }

    @Test
    void onlyAddsToTheManifest() {
        operator.givenEffective();

        for (var node : lab.nodes()) {
            var original = lines(node, "/var/lib/auditpolicy/original-kube-apiserver.yaml");
            assertThat(lines(node, MANIFESTS + "/kube-apiserver.yaml"))
                    .as(node)
                    .containsSubsequence(original)
                    .hasSizeBetween(original.size() + 1, original.size() + 31);
        }
    }

    @Test
    void anUnchangedPolicyRestartsNoApiServer() {
        operator.givenEffective();
        var before = operator.apiServers();

        operator.apply(operator.presentPolicy(Map.of("minReadySeconds", 3)));
        operator.awaitReady();

        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    void aRestartOfTheOperatorRestartsNoApiServer() {
        operator.givenEffective();
        var before = operator.apiServers();

        operator.pods().restart();
        operator.apply(operator.presentPolicy(Map.of("drainSeconds", 4)));
        operator.awaitReady();
        operator.await("the new agents have checked what the new controller wrote", Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(operator.field("auditnodes", ".items[*].status.observedGeneration"))
                        .isEqualTo(operator.field("auditnodes", ".items[*].metadata.generation")));

        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    void aPolicyThatTheSchemaRejectsChangesNothing() {
        operator.givenEffective();
        var before = operator.apiServers();
        var broken = AuditPolicies.read("broken-by-typos.yaml");

        assertThatThrownBy(() -> operator.apply(broken))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("spec.policy.rules[0].verb")
                .hasMessageContaining("spec.policy.rules[0].resources[0].groups");

        operator.awaitReady();
        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    void aPolicyThatTheControllerRejectsChangesNothing() {
        operator.givenEffective();
        var before = operator.apiServers();
        var policies = policyFiles();

        operator.apply(AuditPolicies.read("webhook.yaml"));
        operator.awaitStalled();

        assertThat(operator.message("Accepted"))
                .contains("spec.webhook.kubeconfigSecret.name=audit-webhook", "no such Secret");
        assertThat(operator.apiServers()).isEqualTo(before);
        assertThat(policyFiles()).isEqualTo(policies);
    }

    @Tag("rare")
    @Test
    void recordsByThePolicyOfAPublicCloud() {
        operator.apply(Imported.fromCorpus("gce-2026.yaml", AuditPolicies.LOG));
        operator.awaitReady();

        for (var node : lab.nodes()) {
            assertRecorded(node, "GET", "/api/v1/namespaces/kube-system/configmaps", "", "Metadata");
            assertRecorded(node, "GET", "/api/v1/namespaces/default/pods", "", "Request");
            assertRecorded(node, "DELETE", "/api/v1/namespaces/default/pods/none", "", "RequestResponse");
            assertRecorded(node, "POST", "/api/v1/namespaces/default/configmaps", CONFIG_MAP, "Metadata");
            assertRecorded(node, "GET", "/apis/example.com/v1/things", "", "Metadata");
            assertNotRecorded(node, "GET", "/api/v1/namespaces/default/events");
            assertNotRecorded(node, "GET", "/healthz/etcd");
        }
    }

    @Tag("rare")
    @Test
    void recordsByThePolicyOfAPublicDistribution() {
        operator.apply(Imported.fromCorpus("openshift-library-go-default.yaml", AuditPolicies.LOG));
        operator.awaitReady();

        for (var node : lab.nodes()) {
            assertRecorded(node, "GET", "/api/v1/namespaces/default/pods", "", "Metadata");
            assertRecorded(node, "GET", "/metrics", "", "Metadata");
            assertNotRecorded(node, "GET", "/readyz");
            assertNotRecorded(node, "GET", "/version");
        }
    }

    /** As when a new release of the operator arrives during a rollout: every agent stops, one of them during its turn. */
    @Test
    void aRolloutCompletesWhileTheOperatorRestarts() {
        operator.givenEffective();
        var outagesBefore = availability.outages().size();
        operator.apply(AuditPolicies.secrets("operator-restarted"));
        operator.await("a node acts on its turn", Duration.ofMinutes(1))
                .until(() ->
                        operator.field("auditnodes", ".items[*].status.phase").contains("Acting"));

        operator.pods().restart();
        operator.awaitReady();

        assertThat(availability.outages()).hasSize(outagesBefore + lab.nodes().size());
        assertThat(operator.field("auditnodes", ".items[*].status.lastTurn.result"))
                .isEqualTo("Effective Effective Effective");
    }

    /**
     * Without its label, the node has no agent and the cluster no AuditNode of it; its guard completes the restart all the
     * same.
     */
    @Tag("rare")
    @Test
    void noOtherNodeGetsTheTurnOfANodeThatLosesItsLabelWhileItActs() {
        operator.givenEffective();
        operator.apply(AuditPolicies.secrets("label-removed", "21"));
        operator.await("a node acts on its turn", Duration.ofMinutes(1)).until(() -> !acting().isEmpty());
        var node = acting();
        var others = lab.nodes().stream().filter(other -> !other.equals(node)).toList();
        var before = others.stream().map(operator::apiServer).toList();
        try {
            lab.kubectl("label", "node", node, LABEL + "-");
            operator.await("the status says what happened", Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(operator.message("Ready"))
                            .containsAnyOf(node + " has left the control plane during its turn", "on host " + node));
            operator.await("the node's kube-apiserver serves", Duration.ofMinutes(2))
                    .until(() -> lab.isReady(node));

            assertThat(others.stream().map(operator::apiServer).toList()).isEqualTo(before);
        } finally {
            lab.kubectl("label", "node", node, LABEL + "=", "--overwrite");
        }
        operator.awaitReady();
    }

    private String acting() {
        return operator.field("auditnodes", ".items[?(@.status.phase==\"Acting\")].metadata.name");
    }

    /** As during an upgrade: the oldest kube-apiserver determines what can be rolled out. */
    @Tag("rare")
    @Test
    void rejectsWhatTheOldestApiServerCannotRunUntilItIsUpgraded() {
        operator.givenEffective();
        var last = lab.nodes().getLast();
        try {
            useApiServer(last, "1.35.4");
            var before = operator.apiServers();

            operator.apply(AuditPolicies.read("any-group.yaml"));
            operator.awaitStalled();

            assertThat(operator.message("Accepted"))
                    .contains("spec.policy.rules[0].resources[0].group", "1.35", "node " + last);
            assertThat(operator.apiServers()).isEqualTo(before);
        } finally {
            useApiServer(last, "1.36.3");
        }
        operator.awaitReady();
    }

    private void useApiServer(String node, String version) {
        lab.useApiServer(node, version);
        operator.await("the AuditNode reports v" + version, Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(operator.field("auditnode/" + node, ".status.kubeAPIServer.version"))
                        .isEqualTo("v" + version));
    }

    private List<String> policyFiles() {
        return lab.nodes().stream()
                .map(node -> lab.readFile(node, "/etc/kubernetes/audit-policy.yaml"))
                .toList();
    }

    private List<String> lines(String node, String path) {
        return lab.readFile(node, path).lines().toList();
    }

    private void assertRecorded(String node, String method, String path, String body, String level) {
        var auditId = requests.send(node, method, path, body);
        operator.await("the log has the event", Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(requests.events(node, auditId))
                        .as(node + " " + method + " " + path)
                        .isNotEmpty()
                        .extracting((JsonNode event) -> event.path("level").asText())
                        .containsOnly(level));
    }

    /** Once the event of a later request is in the log, that of an earlier one would be too. */
    private void assertNotRecorded(String node, String method, String path) {
        var auditId = requests.send(node, method, path, "");
        var later = requests.send(node, "GET", "/api/v1/namespaces/kube-system/secrets", "");
        operator.await("the log has the later event", Duration.ofSeconds(10))
                .until(() -> !requests.events(node, later).isEmpty());
        assertThat(requests.events(node, auditId))
                .as(node + " " + method + " " + path)
                .isEmpty();
    }
}
