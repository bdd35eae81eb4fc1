package dev.auditpolicy.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Faults that only a real node has: whatever happens in a turn, never are two kube-apiservers out of service, all come
 * back with nobody's help, the status tells what happened, and nothing is left behind. The system property {@code faults}
 * picks them: {@code all}, or a regular expression that is found in "NAME, NODES"; without it, the few that tell most are tried.
 */
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

    /** At once, too: a whole run takes most of an hour. */
    private static void tell(FaultRow row) {
        System.out.println(row);
        table.add(row);
    }

    private static Stream<DynamicTest> on(int nodes) {
        var faults = Faults.all().stream()
                .filter(fault -> fault.sizes().contains(nodes))
                .filter(picked(System.getProperty("faults", ""), nodes))
                .toList();
        if (faults.isEmpty()) {
            return Stream.empty();
        }
        var cluster = new FaultCluster(nodes, FaultsE2E::tell);
        return faults.stream().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> cluster.suffer(fault)));
    }

    private static Predicate<Fault> picked(String wish, int nodes) {
        return switch (wish) {
            case "" -> Fault::telling;
            case "all" -> _ -> true;
            default ->
                fault -> Pattern.compile(wish)
                        .matcher(fault.name() + ", " + nodes)
                        .find();
        };
    }
}
