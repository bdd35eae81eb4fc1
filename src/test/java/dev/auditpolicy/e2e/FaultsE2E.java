package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.LabNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Faults that only a real node has. Whatever fails during a turn, no two kube-apiservers are down at once, all recover without
 * help, the status explains what happened, and no file or process is left behind. The system property {@code faults} selects
 * them: {@code all}, or a regular expression to find in "NAME, NODES". Without it, the few that every run injects are selected, on three nodes.
 */
@LabNodes({1, 3})
@TestMethodOrder(MethodOrderer.MethodName.class) // classes with three nodes come next, and share the lab
class FaultsE2E {

    private static final List<FaultRow> table = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> onOneNode() {
        return on(1);
    }

    @TestFactory
    Stream<DynamicTest> onThreeNodes() {
        return on(3);
    }

    @AfterAll
    static void print() {
        System.out.println(FaultRow.HEADER);
        table.forEach(System.out::println);
    }

    /** Prints the row at once, too: a complete run takes most of an hour. */
    private static void add(FaultRow row) {
        System.out.println(row);
        table.add(row);
    }

    private static Stream<DynamicTest> on(int nodes) {
        var faults = Faults.all().stream()
                .filter(fault -> fault.sizes().contains(nodes))
                .filter(selected(System.getProperty("faults", ""), nodes))
                .toList();
        if (faults.isEmpty()) {
            return Stream.empty();
        }
        var cluster = new FaultCluster(nodes, FaultsE2E::add);
        return faults.stream().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> cluster.inject(fault)));
    }

    private static Predicate<Fault> selected(String filter, int nodes) {
        return switch (filter) {
            case "" -> fault -> fault.everyRun() && nodes == 3;
            case "all" -> _ -> true;
            default ->
                fault -> Pattern.compile(filter)
                        .matcher(fault.name() + ", " + nodes)
                        .find();
        };
    }
}
