package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.EffectiveFlags;
import dev.auditpolicy.manifest.flags.Flags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a command and its variables say of auditing, after a takeover the process runs our settings and nothing else, and after
 * giving back what it ran before.
 */
final class UnitPropertyTest {

    private static final int ROUNDS = 150;

    private static final List<String> OTHER = List.of(
            "--v=2", "--profiling", "--etcd-servers https://10.0.0.1:2379", "-v 2", "--etcd_prefix=/x", "--a=$$b");

    /** Written in ways that mean the same to kube-apiserver. */
    private static final List<String> AUDIT = List.of(
            "--audit-log-path=/var/log/a.log",
            "--audit-log-path /var/log/b.log",
            "--audit_log_maxage=3",
            "--audit-log-maxage=4",
            "--audit-log-compress",
            "--audit-log-mode=batch",
            "--audit-log-format legacy",
            "--audit-log-batch-throttle-qps=3.5",
            "--audit-policy-file=/etc/a.yaml",
            "--audit-webhook-config-file=/etc/w.yaml",
            "--audit_webhook_mode blocking",
            "--audit-webhook-batch-max-wait=1s",
            "--audit-webhook-truncate-enabled");

    /** In a command only: the word has a part that is a variable. */
    private static final List<String> WITH_VARIABLE =
            List.of("--audit-log-path=${P}", "--audit-log-maxsize ${N}", "--bind-address=${P}");

    private static final List<String> PIECES = List.of(
            "--v=2",
            "--audit-log-maxage",
            "=5",
            "-a",
            "$A",
            "${B}",
            "${B",
            "$$",
            "%%",
            "'c d'",
            "\"",
            "\\",
            "\\x41",
            "--",
            "-",
            "=",
            "e",
            "--audit-log-path=/x",
            "",
            "",
            "",
            "\\\n",
            "\n",
            ";",
            "#",
            "é",
            "--f=",
            "$",
            "--audit-");

    /** A log, both backends, or a webhook alone. */
    private static final List<Map<String, String>> DESIRED = List.of(
            TestUnit.FLAGS,
            joined(TestUnit.FLAGS, TestUnit.WEBHOOK_FLAGS),
            joined(Map.of("audit-policy-file", "/etc/kubernetes/audit-policy.yaml"), TestUnit.WEBHOOK_FLAGS));

    private final UnitPlanner planner = new UnitPlanner();

    private static Map<String, String> joined(Map<String, String> some, Map<String, String> others) {
        var all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyTakeoverIsCompleteAndComesBack(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            check(random(random), DESIRED.get(round % DESIRED.size()));
        }
    }

    private void check(TestUnit before, Map<String, String> desired) {
        var taken = (UnitPlan.Written) planner.plan(before.state(), desired, true);
        var after = before.withOurs(taken.text());
        var live = Flags.of(after.live()).audit();

        assertThat(live).as("%s", before).isEqualTo(taken.flags());
        assertThat(EffectiveFlags.of(live, true)).as("%s", before).isEqualTo(EffectiveFlags.of(desired, true));
        assertThat(others(after.live())).as("%s", before).isEqualTo(others(before.live()));
        assertThat(planner.plan(after.state(), desired, false)).isEqualTo(new UnitPlan.Unchanged(taken.flags()));
        assertThat(((UnitPlan.Deleted) planner.planRemoval(after.state())).flags())
                .as("%s", before)
                .isEqualTo(Flags.of(before.live()).audit());
    }

    /** A unit without takeover is refused exactly if its process has an audit flag. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void everyForeignFlagIsRefusedByName(long seed) {
        var random = new Random(seed);
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var round = 0; round < ROUNDS; round++) {
            var unit = random(random);
            var foreign = Flags.of(unit.live()).audit().keySet();
            var refused = planner.plan(unit.state(), TestUnit.FLAGS, false) instanceof UnitPlan.Refused refusal
                    ? refusal.problems().stream()
                            .map(problem -> problem.field().substring(2))
                            .collect(Collectors.toSet())
                    : Set.of();
            assertThat(refused).as("%s", unit).isEqualTo(foreign);
            outcomes.add(foreign.isEmpty() ? Outcome.PLANNED : Outcome.REFUSED);
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    /** Any text of a command is planned, and then systemd runs what was planned, or it is refused. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void anyTextIsPlannedOrRefused(long seed) {
        var random = new Random(seed);
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var round = 0; round < ROUNDS; round++) {
            var words = IntStream.range(0, random.nextInt(5))
                    .mapToObj(_ -> one(random, PIECES) + one(random, PIECES))
                    .collect(Collectors.joining(" "));
            var unit = TestUnit.running("/usr/bin/kube-apiserver " + words).with(Map.of("A", "--v=3 x", "B", "b c"));
            if (planner.plan(unit.state(), TestUnit.FLAGS, true) instanceof UnitPlan.Written written) {
                var after = unit.withOurs(written.text());
                assertThat(Flags.of(after.live()).audit()).as("%s", unit).isEqualTo(written.flags());
                assertThat(UnitDrift.of(after.state())).as("%s", unit).isEmpty();
                outcomes.add(Outcome.PLANNED);
            } else {
                outcomes.add(Outcome.REFUSED);
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    private enum Outcome {
        PLANNED,
        REFUSED
    }

    private static List<String> others(List<String> argv) {
        var flags = Flags.of(argv).all();
        var dropped = flags.stream()
                .filter(flag -> flag.name().startsWith("audit-"))
                .flatMapToInt(flag -> IntStream.rangeClosed(flag.index(), flag.index() + (flag.isSeparate() ? 1 : 0)))
                .boxed()
                .collect(Collectors.toSet());
        return IntStream.range(0, argv.size())
                .filter(index -> !dropped.contains(index))
                .mapToObj(argv::get)
                .toList();
    }

    private static TestUnit random(Random random) {
        var variables = new LinkedHashMap<String, String>(Map.of("P", "/var/log/p.log", "N", "7"));
        var words = new ArrayList<String>();
        for (var index = random.nextInt(6); index > 0; index--) {
            switch (random.nextInt(5)) {
                case 0 -> words.add(one(random, WITH_VARIABLE));
                case 1 -> {
                    var name = "ARGS" + variables.size();
                    words.add(random.nextBoolean() ? "$" + name : "\"$" + name + "\"");
                    variables.put(name, some(random));
                }
                case 2 -> words.add(one(random, AUDIT));
                default -> words.add(one(random, OTHER));
            }
        }
        return TestUnit.running("/usr/bin/kube-apiserver " + String.join(random.nextBoolean() ? " " : " \\\n  ", words))
                .with(variables);
    }

    private static String some(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> one(random, random.nextInt(3) == 0 ? AUDIT : List.of("--v=2", "--profiling", "--x /y")))
                .collect(Collectors.joining(" "));
    }

    private static String one(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
