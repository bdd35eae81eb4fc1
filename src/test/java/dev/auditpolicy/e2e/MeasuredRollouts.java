package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.e2e.RolloutTable.Run;
import dev.auditpolicy.lab.Lab;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rollouts under load on one cluster, and what they cost. */
final class MeasuredRollouts {

    private final RolloutTable table = new RolloutTable();
    private final Lab lab;
    private final Operator operator;
    private final List<URI> watched;
    private final URI balancer;
    private int change;
    private int maxAgeDays = 30;

    /** @param watched servers to which a watch is open beside those through the load balancer */
    MeasuredRollouts(Lab lab, Operator operator, List<URI> watched) {
        this.lab = lab;
        this.operator = operator;
        this.watched = List.copyOf(watched);
        this.balancer = URI.create(lab.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"));
    }

    /** A number that no rollout had before. */
    int nextMark() {
        return ++change;
    }

    /**
     * An AuditPolicy that no rollout had before.
     *
     * @param settings whether a setting of the log changes, too
     */
    String policy(int drain, int settling, boolean settings) {
        if (settings) {
            maxAgeDays++;
        }
        return AuditPolicies.read("bench.yaml")
                .replace("MARK", "bench-" + nextMark())
                .replace("MAX_AGE", Integer.toString(maxAgeDays))
                .replace("DRAIN", Integer.toString(drain))
                .replace("SETTLING", Integer.toString(settling));
    }

    /** By the operator. */
    void change(String kind, int drain, int settling, boolean settings) throws Exception {
        var policy = policy(drain, settling, settings);
        measure(kind, () -> {
            operator.apply(policy);
            operator.awaitReady();
        });
    }

    /** Waits first, so that effects of the previous rollout do not count. */
    void measure(String kind, Runnable rollout) throws Exception {
        await().pollDelay(Duration.ofSeconds(12)).atMost(Duration.ofMinutes(5)).until(() -> lab.nodes().stream()
                .allMatch(lab::isReady));
        var trust = LabTrust.of(lab);
        try (var availability = new Availability(lab);
                var load = new Load(balancer, trust);
                var _ = new Watches(watched, trust)) {
            var start = Instant.now();
            rollout.run();
            var took = Duration.between(start, Instant.now());
            await().atMost(Duration.ofMinutes(2)).until(availability::isQuiet);
            table.add(kind, new Run(availability.outages(), took, load.counts()));
            load.causes().forEach((cause, times) -> System.out.println("failed, " + times + " times: " + cause));
            if (!availability.overlaps().isEmpty()) {
                System.out.println("two kube-apiservers down at once: " + availability.overlaps());
            }
        }
    }

    void print() {
        table.print();
    }
}
