package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/** A cluster with an effective policy, into which faults are injected one after another, with no repair by hand between them. */
final class FaultCluster {

    /** A turn in which everything goes wrong takes 4 minutes. */
    private static final Duration OUTCOME_LIMIT = Duration.ofMinutes(6);

    /** From the outcome until every kube-apiserver is ready; kubelet's back-off after two restarts is 20 s. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Lab lab;
    private final Operator operator;
    private final Consumer<FaultRow> table;
    private String unusable = "";

    /** @param table receives a row for each fault with the expected outcome */
    FaultCluster(int nodes, Consumer<FaultRow> table) {
        this.table = table;
        lab = Lab.startAnew(nodes);
        try {
            operator = Operator.install(lab);
            lab.nodes().forEach(node -> lab.exec(node, "sh", "-c", Change.MAKE_IMMUTABLE));
            operator.givenEffective(Change.good().auditPolicy("nobody"));
        } catch (RuntimeException failure) {
            throw Diagnosis.explain(lab, failure);
        }
    }

    /** Injects the fault and checks its outcome. After a fault that the cluster has not survived, the rest is skipped. */
    void inject(Fault fault) throws Exception {
        assumeTrue(unusable.isEmpty(), () -> "the cluster is unusable since the fault \"" + unusable + "\"");
        try {
            injectInto(fault);
        } catch (ConditionTimeoutException | LabException | AssertionError failure) {
            if (!isUsable()) {
                unusable = fault.name();
            }
            throw Diagnosis.explain(lab, failure);
        }
    }

    private boolean isUsable() {
        try {
            awaitReadyz(() -> true);
            operator.pods().awaitRunning();
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private void injectInto(Fault fault) throws Exception {
        var node = firstInTurn();
        var site = new FaultSite(lab, operator, node);
        try (var availability = new Availability(lab);
                var detection = new Detection(lab, node)) {
            fault.before().on(site);
            var start = Instant.now();
            operator.apply(fault.change().auditPolicy(fault.name().replaceAll("[^a-z]+", "-")));
            fault.during().on(site);
            var policy = awaitOutcome();
            var settled = Duration.between(start, Instant.now());
            awaitReadyz(availability::isQuiet);
            var outages = availability.outages().stream()
                    .filter(outage ->
                            outage.node().equals(node) && outage.from().isAfter(start))
                    .toList();
            var left = fault.outcome().phase().equals("Acting") ? List.<String>of() : left();
            assertOutcome(fault.outcome(), policy, node);
            assertThat(availability.overlaps())
                    .as("two kube-apiservers down at once")
                    .isEmpty();
            assertThat(left).as("left behind").isEmpty();
            table.accept(FaultRow.of(fault, lab.nodes().size(), outages, detection.at(), settled, left));
        } finally {
            fault.after().on(site);
            awaitNoNodeActs();
            awaitReadyz(() -> true);
        }
    }

    /** The controller's own node comes last. */
    private String firstInTurn() {
        var controllers = operator.pods().controllers().toList();
        return lab.nodes().stream()
                .filter(node -> lab.nodes().size() == 1 || !controllers.contains(node))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until this generation is Ready or Stalled. */
    private ObservedPolicy awaitOutcome() {
        return await("the AuditPolicy is Ready or Stalled")
                .atMost(OUTCOME_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(operator::auditPolicy, policy -> policy.is("Ready") || policy.is("Stalled"));
    }

    /** A turn that could not end during the fault ends after it, and may restart kube-apiserver. */
    private void awaitNoNodeActs() {
        await("no node acts")
                .atMost(OUTCOME_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() ->
                        !operator.field("auditnodes", ".items[*].status.phase").contains("Acting"));
    }

    private void awaitReadyz(BooleanSupplier outagesEnded) {
        await("every kube-apiserver is ready")
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> outagesEnded.getAsBoolean() && lab.nodes().stream().allMatch(lab::isReady));
    }

    /** What is still there after the time that the operator needs to remove it. */
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

    private void assertOutcome(Fault.Outcome outcome, ObservedPolicy policy, String node) {
        assertThat(policy).matches(observed -> observed.is(outcome.condition()), "is " + outcome.condition());
        assertThat(policy.message(outcome.condition())).contains(outcome.message());
        assertThat(operator.field("auditnode/" + node, ".status.phase")).isEqualTo(outcome.phase());
        for (var each : lab.nodes()) {
            var disk = new Disk(lab, each);
            assertThat(disk.hashOfPolicy())
                    .as("policy file on " + each + " against the last proof")
                    .isEqualTo(operator.field("auditnode/" + each, ".status.proof.policySHA256"));
            assertThat(disk.flagDifferences())
                    .as("flags in the manifest of " + each + " against the live kube-apiserver")
                    .isEmpty();
        }
    }
}
