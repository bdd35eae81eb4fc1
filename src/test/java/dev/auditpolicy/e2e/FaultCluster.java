package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;

/** A cluster with a policy in force, to which faults happen one after the other; nobody cleans up between them. */
final class FaultCluster {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Lab lab;
    private final Operator operator;
    private final Consumer<FaultRow> table;

    /** @param table told what came of each fault that ended as it has to */
    FaultCluster(int nodes, Consumer<FaultRow> table) {
        this.table = table;
        lab = Lab.startAnew(nodes);
        operator = Operator.install(lab);
        lab.nodes().forEach(node -> lab.exec(node, "sh", "-c", Change.MAKE_IMMUTABLE));
        operator.apply(Change.good().auditPolicy("nobody"));
        awaitEnd();
    }

    /** Lets the fault happen, and checks all that has to hold afterwards. */
    void suffer(Fault fault) throws Exception {
        var node = firstInTurn();
        var site = new FaultSite(lab, operator, node);
        try (var availability = new Availability(lab);
                var detection = new Detection(lab, node)) {
            fault.before().on(site);
            var start = Instant.now();
            operator.apply(fault.change().auditPolicy(fault.name().replaceAll("[^a-z]+", "-")));
            fault.during().on(site);
            var status = awaitEnd();
            var settled = Duration.between(start, Instant.now());
            awaitRest(availability);
            var outages = availability.outages().stream()
                    .filter(outage -> outage.node().equals(node))
                    .toList();
            var left = left();
            assertEnded(fault.ending(), status, node);
            assertThat(availability.overlaps()).as("two out of service at once").isEmpty();
            assertThat(left).as("left behind").isEmpty();
            table.accept(FaultRow.of(fault, lab.nodes().size(), outages, detection.at(), settled, left));
        } finally {
            fault.after().on(site);
        }
    }

    /** The controller's own node comes last. */
    private String firstInTurn() {
        var controllers = lab.kubectl(
                "-n",
                "auditpolicy-system",
                "get",
                "pods",
                "-l",
                "app.kubernetes.io/component=controller",
                "-o",
                "jsonpath={.items[*].spec.nodeName}");
        return lab.nodes().stream()
                .filter(node -> lab.nodes().size() == 1 || !controllers.contains(node))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the status of this generation says that nothing more happens by itself. */
    private JsonNode awaitEnd() {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(
                        this::auditPolicy,
                        policy -> policy.at("/metadata/generation").equals(policy.at("/status/observedGeneration"))
                                && (isTrue(policy, "Ready") || isTrue(policy, "Stalled")));
    }

    private JsonNode auditPolicy() throws JsonProcessingException {
        return JSON.readTree(lab.kubectl("get", "auditpolicy/cluster", "-o", "json", "--request-timeout=5s"));
    }

    private static boolean isTrue(JsonNode policy, String condition) {
        return condition(policy, condition).path("status").asText().equals("True");
    }

    private static JsonNode condition(JsonNode policy, String type) {
        return StreamSupport.stream(policy.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Every kube-apiserver serves, and the end of its outage has been seen. */
    private void awaitRest(Availability availability) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> availability.isQuiet() && lab.nodes().stream().allMatch(lab::isReady));
    }

    /** What is still there when all had their time to go. */
    private List<String> left() {
        try {
            return await().atMost(Duration.ofSeconds(45))
                    .pollInterval(Duration.ofMillis(500))
                    .until(this::leftNow, List::isEmpty);
        } catch (ConditionTimeoutException _) {
            return leftNow();
        }
    }

    private List<String> leftNow() {
        return lab.nodes().stream()
                .flatMap(node -> new Disk(lab, node).left().stream().map(what -> node + ":" + what))
                .toList();
    }

    private void assertEnded(Fault.Ending ending, JsonNode policy, String node) {
        assertThat(isTrue(policy, ending.condition()))
                .as(() -> ending.condition() + " of " + policy.path("status"))
                .isTrue();
        assertThat(condition(policy, ending.condition()).path("message").asText())
                .contains(ending.message());
        assertThat(operator.field("auditnode/" + node, ".status.phase")).isEqualTo(ending.phase());
        for (var each : lab.nodes()) {
            var disk = new Disk(lab, each);
            assertThat(disk.hashOfPolicy())
                    .as("policy of " + each + " is the one that was proven last")
                    .isEqualTo(operator.field("auditnode/" + each, ".status.proof.policySHA256"));
            assertThat(disk.flagsUnlikeTheLiveOnes()).as("manifest of " + each).isEmpty();
        }
    }
}
