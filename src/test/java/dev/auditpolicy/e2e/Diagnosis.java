package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person looks at first when a test fails: conditions, phases, the operator's pods and their last log lines. */
record Diagnosis(Lab lab) {

    private static final String POLICY = "jsonpath=generation {.metadata.generation}, turn {.status.turn}{\"\\n\"}"
            + "{range .status.conditions[*]}  {.type}={.status} {.reason} (generation {.observedGeneration}): {.message}"
            + "{\"\\n\"}{end}";

    private static final String NODES = "jsonpath={range .items[*]}{.metadata.name}: {.status.phase}"
            + " (revision {.status.revision}, to run {.spec.revision}) {.status.message}{\"\\n\"}"
            + "{range .status.conditions[*]}  {.type}={.status} {.reason}: {.message}{\"\\n\"}{end}{end}";

    /** Of a container that was restarted, its former log too. Read from the disk: the API server may be down. */
    private static final String LOGS = """
            for directory in /var/log/pods/%s_*/*/; do
              set -- $(ls -t "$directory")
              test $# -lt 2 || { echo "-- $directory$2, before its restart"; tail -n 20 "$directory$2"; }
              test $# -lt 1 || { echo "-- $directory$1"; tail -n 10 "$directory$1"; }
            done | cut -c 1-600""".formatted(OperatorPods.NAMESPACE);

    /** The failure, with what the cluster shows now at the end of its message. */
    static AssertionError explain(Lab lab, Throwable failure) {
        return new AssertionError("%s%n%s".formatted(failure.getMessage(), new Diagnosis(lab)), failure);
    }

    @Override
    public String toString() {
        return section("AuditPolicy", () -> kubectl("get", "auditpolicy/cluster", "-o", POLICY))
                + section("AuditNodes", () -> kubectl("get", "auditnodes", "-o", NODES))
                + section("Pods", () -> kubectl("-n", OperatorPods.NAMESPACE, "get", "pods", "-o", "wide"))
                + lab.nodes().stream()
                        .map(node -> section("Logs on " + node, () -> lab.exec(node, "sh", "-c", LOGS)))
                        .collect(Collectors.joining());
    }

    private String kubectl(String... arguments) {
        return lab.kubectl(Stream.concat(Stream.of("--request-timeout=5s"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String section(String title, Supplier<String> content) {
        try {
            return "== %s%n%s".formatted(title, content.get());
        } catch (LabException failure) {
            return "== %s%nnot available: %s%n".formatted(title, failure.getMessage());
        }
    }
}
