package dev.auditpolicy.e2e;

import dev.auditpolicy.e2e.Availability.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects runs by kind and prints a row for each kind. */
final class RolloutTable {

    private static final String HEADER =
            "| rollout over 3 nodes | runs | API of a node down, s: median (min\u2013max) |"
                    + " change to all proven, s: median (min\u2013max) | requests | failed | retries | over 1 s | watches broken |\n"
                    + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    /**
     * One rollout.
     *
     * @param outages of each node
     * @param took from the change until every node is proven to run it
     */
    record Run(List<Outage> outages, Duration took, Load.Counts load) {

        Run {
            outages = List.copyOf(outages);
        }
    }

    void add(String kind, Run run) {
        runs.computeIfAbsent(kind, _ -> new ArrayList<>()).add(run);
        System.out.println(line(kind, List.of(run)));
    }

    void print() {
        System.out.println(HEADER);
        runs.forEach((kind, all) -> System.out.println(line(kind, all)));
    }

    private static String line(String kind, List<Run> all) {
        var down = all.stream()
                .flatMap(run -> run.outages().stream())
                .map(Outage::length)
                .sorted()
                .toList();
        var took = all.stream().map(Run::took).sorted().toList();
        var load = all.stream().map(Run::load).reduce(new Load.Counts(0, 0, 0, 0, 0), Load.Counts::plus);
        return "| %s | %d | %s | %s | %s |".formatted(kind, all.size(), spread(down), spread(took), load);
    }

    private static String spread(List<Duration> sorted) {
        return sorted.isEmpty()
                ? "none"
                : "%.1f (%.1f\u2013%.1f)"
                        .formatted(
                                seconds(sorted.get(sorted.size() / 2)),
                                seconds(sorted.getFirst()),
                                seconds(sorted.getLast()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
