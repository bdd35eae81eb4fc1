package dev.auditpolicy.agent.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A takeover keeps a configuration in any words that mean the same, and none in which one thing means another. */
class SameMeaningPropertyTest {

    private static final Path POLICIES = Path.of("src/test/resources/policies");
    private static final String PATH = "/var/log/kubernetes/audit/audit.log";
    private static final int ROUNDS = 100;

    /** Since Kubernetes 1.36. */
    private static final Map<String, Integer> DEFAULTS = Map.of("maxage", 366, "maxbackup", 100, "maxsize", 100);

    private final StaticPodPlanner planner = new StaticPodPlanner(NodePaths.kubeadm());

    /** What public clusters have, against what this operator would write for each of them. */
    @Test
    void keepsAPolicyOfTheCorpusForItselfAlone() throws IOException {
        var theirs = new ArrayList<String>();
        var ours = new ArrayList<String>();
        try (var files = Files.list(POLICIES)) {
            for (var file : files.sorted().toList()) {
                var text = Files.readString(file);
                if (new PolicyTextReader(new KubernetesVersion(1, 36)).read(text.getBytes(UTF_8))
                        instanceof PolicyFileReading.Loaded loaded) {
                    theirs.add(text);
                    ours.add(PolicyWriter.write(loaded.policy()));
                }
            }
        }
        assertThat(theirs).hasSizeGreaterThan(15);
        for (var there = 0; there < theirs.size(); there++) {
            for (var here = 0; here < ours.size(); here++) {
                var isSame = ours.get(there).equals(ours.get(here));
                assertThat(isKept(log(30, 10, 100, null), ours.get(here), theirs.get(there), exact(30, 10, 100)))
                        .as(theirs.get(there) + " for " + ours.get(here))
                        .isEqualTo(isSame);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsFlagsInAnySpelling(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var values = values(random);
            var flags = spelled(values, random);

            assertThat(isKept(log(values), POLICY, POLICY, flags))
                    .as(values + " as " + flags)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void keepsNoFlagsOfWhichOneMeansAnotherValue(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var values = values(random);
            var others = new HashMap<>(values);
            var name = new ArrayList<>(values.keySet()).get(random.nextInt(values.size()));
            others.put(name, values.get(name).equals("1") ? "2" : "1");
            if (name.equals("mode")) {
                others.put(name, values.get(name).equals("batch") ? "blocking" : "batch");
            }
            var flags = spelled(others, random);

            assertThat(isKept(log(values), POLICY, POLICY, flags))
                    .as(values + " as " + flags)
                    .isFalse();
        }
    }

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";

    private static Map<String, String> values(Random random) {
        var values = new HashMap<String, String>();
        DEFAULTS.forEach((name, value) ->
                values.put(name, String.valueOf(random.nextInt(3) == 0 ? value : random.nextInt(1, 500))));
        values.put("mode", random.nextBoolean() ? "blocking" : "blocking-strict");
        return values;
    }

    private static List<String> spelled(Map<String, String> values, Random random) {
        var flags = new ArrayList<List<String>>();
        values.forEach((name, value) -> {
            var isDefault = value.equals(name.equals("mode") ? "blocking" : String.valueOf(DEFAULTS.get(name)));
            if (!isDefault || random.nextBoolean()) {
                flags.add(spelled("--audit-log-" + name, value, random));
            }
        });
        Collections.shuffle(flags, random);
        return flags.stream().flatMap(List::stream).toList();
    }

    private static List<String> spelled(String name, String value, Random random) {
        var isNumber = Character.isDigit(value.charAt(0));
        return switch (random.nextInt(6)) {
            case 0 -> List.of(name, '"' + value + '"');
            case 1 -> List.of(name.replace("audit-log", "audit_log") + "=" + value);
            case 2 ->
                List.of('"' + name + "=" + (isNumber ? "0x" + Integer.toHexString(Integer.parseInt(value)) : value)
                        + '"');
            case 3 -> List.of(name + "=" + (isNumber ? "0" + Integer.toOctalString(Integer.parseInt(value)) : value));
            case 4 -> List.of(name + "=" + (isNumber ? "77" : "batch"), name + "=" + value);
            default -> List.of(name + "=" + value);
        };
    }

    private static List<String> exact(int maxAge, int maxBackups, int maxSize) {
        return List.of(
                "--audit-log-maxage=" + maxAge,
                "--audit-log-maxbackup=" + maxBackups,
                "--audit-log-maxsize=" + maxSize);
    }

    private boolean isKept(LogBackend log, String ours, String theirs, List<String> flags) {
        var spec = new AuditNodeSpec("a", 1L, ours, log, 3, 60).with(Takeover.REPLACE);
        return planner.plan(spec, AuditedNode.with(theirs, flags).live(), Ownership.UNKNOWN) instanceof NodePlan.Kept;
    }

    private static LogBackend log(Map<String, String> values) {
        return log(
                Integer.parseInt(values.get("maxage")),
                Integer.parseInt(values.get("maxbackup")),
                Integer.parseInt(values.get("maxsize")),
                values.get("mode").equals("blocking") ? Mode.BLOCKING : Mode.BLOCKING_STRICT);
    }

    private static LogBackend log(int maxAge, int maxBackups, int maxSize, Mode mode) {
        return new LogBackend(PATH, maxAge, maxBackups, maxSize, null, null, mode, null, null);
    }
}
