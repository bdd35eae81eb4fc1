package dev.auditpolicy.e2e;

import dev.auditpolicy.e2e.Availability.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table that a run of the fault matrix prints.
 *
 * @param down the longest time that the node's kube-apiserver was down
 * @param afterDetection the part of {@code down} after the agent began to roll back
 * @param settled from the change to its outcome in the status
 * @param left files and processes that should be gone
 */
record FaultRow(
        String fault,
        int nodes,
        String outcome,
        Optional<Duration> down,
        Optional<Duration> afterDetection,
        Duration settled,
        List<String> left) {

    static final String HEADER = "| fault | nodes | outcome | API down, s | after detection, s | to final status, s |"
            + " left behind |\n| --- | --- | --- | --- | --- | --- | --- |";

    FaultRow {
        left = List.copyOf(left);
    }

    /** With the times of the longest outage. */
    static FaultRow of(
            Fault fault,
            int nodes,
            List<Outage> outages,
            Optional<Instant> detected,
            Duration settled,
            List<String> left) {
        var longest = outages.stream().max(Comparator.comparing(Outage::length));
        var end = longest.map(outage -> outage.from().plus(outage.length()));
        var after = detected.flatMap(since -> end.filter(since::isBefore).map(until -> Duration.between(since, until)));
        return new FaultRow(
                fault.name(), nodes, outcome(fault.outcome()), longest.map(Outage::length), after, settled, left);
    }

    private static String outcome(Fault.Outcome outcome) {
        var reason = outcome.message().isEmpty() ? "" : ": \u2026" + outcome.message() + "\u2026";
        return outcome.condition() + ", " + outcome.phase() + reason;
    }

    @Override
    public String toString() {
        return "| %s | %d | %s | %s | %s | %s | %s |"
                .formatted(
                        fault,
                        nodes,
                        outcome,
                        down.map(FaultRow::seconds).orElse("0"),
                        afterDetection.map(FaultRow::seconds).orElse("\u2013"),
                        seconds(settled),
                        left.isEmpty() ? "none" : String.join(" ", left));
    }

    private static String seconds(Duration duration) {
        return "%.1f".formatted(duration.toMillis() / 1000.0);
    }
}
