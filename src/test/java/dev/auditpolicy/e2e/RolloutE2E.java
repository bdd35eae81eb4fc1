package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One cluster's life with the operator, on three nodes; each test goes on where the one before ended. */
@TestMethodOrder(OrderAnnotation.class)
class RolloutE2E {

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final Path E2E = Path.of("src/test/resources/e2e");
    private static final String CONFIG_MAP =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"e2e\"},\"data\":{\"a\":\"b\"}}";

    private static final Map<String, String> otherFilesBefore = new TreeMap<>();
    private static final Map<String, List<String>> manifestBefore = new TreeMap<>();
    private static final List<String> figures = new ArrayList<>();
    private static Lab lab;
    private static Operator operator;
    private static Availability availability;
    private static Requests requests;

    @BeforeAll
    static void aClusterWithTheOperator() throws Exception {
        lab = Lab.startAnew(3);
        lab.nodes().forEach(node -> otherFilesBefore.put(node, ""));
        operator = Operator.install(lab);
        otherFilesBefore.replaceAll((node, _) -> operator.otherFiles(node));
        lab.nodes().forEach(node -> manifestBefore.put(node, manifest(node)));
        availability = new Availability(lab);
        requests = new Requests(lab, LOG);
    }

    @AfterAll
    static void tellTheFigures() {
        availability
                .outages()
                .forEach(outage -> figures.add(
                        "API down: " + outage.node() + " " + outage.length().toMillis() + " ms"));
        operator.memory().forEach(memory -> figures.add("resident memory: " + memory + " kB"));
        figures.forEach(System.out::println);
        requests.close();
        availability.close();
    }

    @Test
    @Order(1)
    void theFirstPolicyIsInForceOnEveryNodeWhenWaitReturns() throws IOException {
        applyAndAwaitReady("first policy", Files.readString(E2E.resolve("metadata-of-secrets.yaml")));

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
    @Order(2)
    void anUnchangedPolicyRestartsNothing() throws IOException {
        var before = operator.apiServers();
        var policy = Files.readString(E2E.resolve("metadata-of-secrets.yaml"));

        operator.apply(policy + "\n# written again, with a comment\n");
        operator.apply(policy.replace("minReadySeconds: 2", "minReadySeconds: 3"));
        operator.awaitReady();

        assertThat(operator.field("auditpolicy/cluster", ".status.observedGeneration"))
                .isEqualTo("2");
        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void aRestartOfTheOperatorRestartsNoApiServer() {
        var before = operator.apiServers();

        operator.restart();
        lab.kubectl(
                "patch",
                "auditpolicy/cluster",
                "--type=merge",
                "-p",
                "{\"spec\":{\"rollout\":{\"minReadySeconds\":2}}}");
        operator.awaitReady();
        await("the new agents have looked at what the new controller wrote")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(operator.field("auditnodes", ".items[*].status.observedGeneration"))
                        .isEqualTo(operator.field("auditnodes", ".items[*].metadata.generation")));

        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void whatTheApiServerRefusesChangesNothing() throws IOException {
        var before = operator.apiServers();
        var broken = Files.readString(E2E.resolve("broken-by-typos.yaml"));

        assertThatThrownBy(() -> operator.apply(broken))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("spec.policy.rules[0].verb")
                .hasMessageContaining("spec.policy.rules[0].resources[0].groups");

        operator.awaitReady();
        assertThat(operator.apiServers()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void whatTheControllerRefusesChangesNothing() throws IOException {
        var before = operator.apiServers();
        var policies = lab.nodes().stream()
                .map(node -> lab.readFile(node, "/etc/kubernetes/audit-policy.yaml"))
                .toList();

        operator.apply(Files.readString(E2E.resolve("webhook.yaml")));
        operator.awaitCondition("Stalled");

        assertThat(operator.message("Accepted")).contains("spec.webhook", "spec.log");
        assertThat(operator.apiServers()).isEqualTo(before);
        assertThat(lab.nodes().stream()
                        .map(node -> lab.readFile(node, "/etc/kubernetes/audit-policy.yaml"))
                        .toList())
                .isEqualTo(policies);
    }

    @Test
    @Order(6)
    void thePolicyOfAPublicCloudIsInForce() {
        applyAndAwaitReady("gce-2026", imported("gce-2026.yaml"));

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

    @Test
    @Order(7)
    void thePolicyOfAPublicDistributionIsInForce() {
        applyAndAwaitReady("openshift-library-go-default", imported("openshift-library-go-default.yaml"));

        for (var node : lab.nodes()) {
            assertRecorded(node, "GET", "/api/v1/namespaces/default/pods", "", "Metadata");
            assertRecorded(node, "GET", "/metrics", "", "Metadata");
            assertNotRecorded(node, "GET", "/readyz");
            assertNotRecorded(node, "GET", "/version");
        }
    }

    /** As when a new release of the operator arrives while a policy rolls out: every agent ends, one in its turn. */
    @Test
    @Order(8)
    void aRollOfTheOperatorInTheMiddleOfARolloutLosesNothing() throws IOException {
        var restartsBefore = availability.outages().size();
        operator.apply(Files.readString(E2E.resolve("metadata-of-secrets.yaml")));
        await("a node acts on its turn").atMost(Duration.ofMinutes(2)).until(() -> operator.field(
                        "auditnodes", ".items[*].status.phase")
                .contains("Acting"));

        operator.restart();
        operator.awaitReady();

        assertThat(availability.outages()).hasSize(restartsBefore + lab.nodes().size());
        assertThat(operator.field("auditnodes", ".items[*].status.lastTurn.result"))
                .isEqualTo("Effective Effective Effective");
    }

    @Test
    @Order(9)
    void neverWereTwoApiServersOutOfServiceAtOnce() {
        assertThat(availability.outages()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(availability.overlaps()).isEmpty();
    }

    @Test
    @Order(10)
    void nothingElseOnAnyNodeHasChanged() {
        otherFilesBefore.forEach(
                (node, before) -> assertThat(operator.otherFiles(node)).as(node).isEqualTo(before));
        manifestBefore.forEach((node, before) ->
                assertThat(manifest(node)).as(node).containsSubsequence(before).hasSizeLessThan(before.size() + 32));
        for (var node : lab.nodes()) {
            assertThat(lab.exec(node, "ls", "-A", "/etc/kubernetes/manifests").lines())
                    .containsExactlyInAnyOrder(
                            "etcd.yaml", "kube-apiserver.yaml", "kube-controller-manager.yaml", "kube-scheduler.yaml");
        }
    }

    /** In the middle of an upgrade: the oldest kube-apiserver says what can be rolled out. */
    @Test
    @Order(11)
    void aNodeOfAnOlderReleaseRefusesWhatItCannotRunUntilItIsUpgraded() throws IOException {
        var last = lab.nodes().getLast();
        useApiServer(last, "1.35.4");
        var before = operator.apiServers();

        operator.apply(Files.readString(E2E.resolve("any-group.yaml")));
        operator.awaitCondition("Stalled");

        assertThat(operator.message("Accepted"))
                .contains("spec.policy.rules[0].resources[0].group", "1.35", "node " + last);
        assertThat(operator.apiServers()).isEqualTo(before);

        useApiServer(last, "1.36.3");
        operator.awaitReady();
    }

    private static void useApiServer(String node, String version) {
        lab.useApiServer(node, version);
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() -> assertThat(operator.field("auditnode/" + node, ".status.kubeAPIServer.version"))
                        .isEqualTo("v" + version));
    }

    private static List<String> manifest(String node) {
        return lab.readFile(node, "/etc/kubernetes/manifests/kube-apiserver.yaml")
                .lines()
                .toList();
    }

    private static void applyAndAwaitReady(String name, String auditPolicy) {
        var start = Instant.now();
        operator.apply(auditPolicy);
        operator.awaitReady();
        figures.add("apply to Ready: " + name + " "
                + Duration.between(start, Instant.now()).toMillis() + " ms");
    }

    private static void assertRecorded(String node, String method, String path, String body, String level) {
        var auditId = requests.send(node, method, path, body);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(requests.events(node, auditId))
                .as(node + " " + method + " " + path)
                .isNotEmpty()
                .extracting((JsonNode event) -> event.path("level").asText())
                .containsOnly(level));
    }

    /** A request that is recorded comes after it, so that its own event would be there already. */
    private static void assertNotRecorded(String node, String method, String path) {
        var auditId = requests.send(node, method, path, "");
        var fence = requests.send(node, "GET", "/api/v1/namespaces/kube-system/secrets", "");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !requests.events(node, fence).isEmpty());
        assertThat(requests.events(node, auditId))
                .as(node + " " + method + " " + path)
                .isEmpty();
    }

    private static String imported(String policy) {
        return Imported.fromCorpus(policy, LOG);
    }
}
