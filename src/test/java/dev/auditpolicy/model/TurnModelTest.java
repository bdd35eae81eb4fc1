package dev.auditpolicy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.model.Explorer.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Explores every interleaving of controllers, agents, kubelets and faults, within bounds, with the decisions of the
 * product: {@code TurnPlanner}, {@code TurnAcquisition}, {@code SyncState}, {@code NodeState.joins} and {@code Journal}. In
 * no state are two kube-apiservers being changed. None restarts while another is not ready. No turn id starts twice. No
 * failed revision is retried automatically, and none starts that was not Checked. From every state the steps that are no
 * faults lead to an end: every node runs the desired revision, or the status asks a human to act.
 *
 * <p>Controllers and agents pause between any two of their calls for any time, and crash there. The model assumes that the
 * moment from an agent's last check of the cluster to its restart, and the seconds until a kube-apiserver that serves
 * again is verified, are shorter than a restore of etcd and the minReadySeconds after it; and that a backup is older than
 * {@code TurnAcquisition.OLDEST} when it is restored.
 *
 * <p>{@code -Dmodel=deep} adds the settings that take minutes and gigabytes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TurnModelTest {

    private static final Budget FAILURE = Budget.NONE.failures(1);

    /** A build machine has at least two cores. */
    private static final int THREADS = 2;

    private final Map<Setting, Future<Result>> results = new LinkedHashMap<>();

    static List<Setting> settings() {
        return Stream.concat(shallow(), "deep".equals(System.getProperty("model")) ? deep() : Stream.empty())
                .toList();
    }

    private static Stream<Setting> shallow() {
        return Stream.of(
                new Setting(
                        "two failures, one turn abandoned",
                        1,
                        3,
                        FAILURE.failures(2).abandoned(1)),
                new Setting("two controllers", 2, 3, FAILURE),
                new Setting("two controllers, AuditNode deleted", 2, 2, FAILURE.deletions(1)),
                new Setting("two controllers, drift everywhere", 2, 2, Budget.NONE.drifts(1)),
                new Setting("new generation", 1, 3, FAILURE.generations(1)),
                new Setting("two new generations", 1, 2, FAILURE.generations(2)),
                new Setting("drift everywhere", 1, 3, FAILURE.drifts(1)),
                new Setting("AuditNode deleted", 1, 3, FAILURE.deletions(1)),
                new Setting("Node leaves and returns", 1, 3, FAILURE.departures(1)),
                new Setting("two controllers, Node leaves", 2, 2, Budget.NONE.departures(1)),
                new Setting("late write", 1, 3, FAILURE.late(1)),
                new Setting("late write, new generation", 1, 2, FAILURE.late(1).generations(1)),
                new Setting("etcd restored", 1, 2, FAILURE.restores(1)));
    }

    private static Stream<Setting> deep() {
        var restore = Budget.NONE.restores(1);
        return Stream.of(
                new Setting("two controllers, new generation", 2, 2, Budget.NONE.generations(1)),
                new Setting("etcd restored, three nodes", 1, 3, restore),
                new Setting("etcd restored, AuditNode deleted", 1, 2, restore.deletions(1)),
                new Setting("etcd restored, new generation", 1, 2, restore.generations(1)),
                new Setting("etcd restored, drift everywhere", 1, 2, restore.drifts(1)),
                new Setting("etcd restored, late write", 1, 2, restore.late(1)));
    }

    @BeforeAll
    void explore() {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            settings().forEach(setting -> results.put(setting, threads.submit(setting::explore)));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void keepsEveryInvariantAndEnds(Setting setting) throws Exception {
        assertThat(results.get(setting).get().violation()).isEmpty();
    }

    @AfterAll
    void printTable() throws ExecutionException, InterruptedException {
        System.out.printf(
                "%-46s %11s %8s %12s %13s %8s%n", "faults", "controllers", "nodes", "states", "transitions", "ends");
        for (var setting : results.keySet()) {
            var result = results.get(setting).get();
            System.out.printf(
                    "%-46s %11d %8d %,12d %,13d %,8d%n",
                    setting.name(),
                    setting.controllers(),
                    setting.agents(),
                    result.states(),
                    result.transitions(),
                    result.quiet());
        }
    }
}
