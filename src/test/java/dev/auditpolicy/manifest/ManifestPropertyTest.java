package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches keep manual edits of spaces, comments and quotes. */
final class ManifestPropertyTest {
    private static final int ROUNDS = 150;

    private final ManifestPlanner planner = new ManifestPlanner();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsEveryForeignLine(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var before = mutated(random);
            var after = Manifests.patched(planner.plan(before, Manifests.DESIRED));

            Manifests.assertLinesSurvive(before, after, 21);
            assertThat(planner.plan(after, Manifests.DESIRED)).isEqualTo(new Plan.Unchanged());
            assertThat(Manifests.patched(planner.planRemoval(after))).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void findsItsOwnPartsAfterManualEdits(long seed) {
        var random = new Random(seed);
        var ours = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var other = DesiredAuditConfig.of(Manifests.log("/var/log/elsewhere/audit.log"), "0000");
        for (var round = 0; round < ROUNDS; round++) {
            var before = mutated(ours, random);
            var foreign = Manifests.patched(planner.planRemoval(before));
            var after = Manifests.patched(planner.plan(before, other));

            assertThat(planner.plan(after, other)).isEqualTo(new Plan.Unchanged());
            assertThat(Manifests.parsed(after).flags()).containsAllEntriesOf(other.flags());
            assertThat(planner.planRemoval(foreign)).isEqualTo(new Plan.Unchanged());
            assertThat(Manifests.parsed(foreign).flags().keySet()).noneMatch(name -> name.startsWith("audit-"));
            assertThat(foreign).doesNotContain("auditpolicy");
        }
    }

    /** Lists and maps in flow style, aliases, folded arguments, empty annotations and markers, in any combination. */
    @ParameterizedTest
    @ValueSource(longs = {8, 9, 10})
    void patchesManifestsInOtherStyles(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var before = ManifestStyles.rewritten(Manifests.kubeadm(), random);
            var after = Manifests.patched(planner.plan(before, Manifests.DESIRED));

            assertThat(Manifests.parsed(after).flags()).containsAllEntriesOf(Manifests.DESIRED.flags());
            assertThat(planner.plan(after, Manifests.DESIRED)).as(after).isEqualTo(new Plan.Unchanged());
            assertThat(Manifests.patched(planner.planRemoval(after))).isEqualTo(before);
        }
    }

    /** What is put back can be given back, and is up to date but for the time of writing. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void reappliesToManifestsInAnyStyle(long seed) {
        var random = new Random(seed);
        var now = Instant.parse("2026-11-29T20:00:00.123Z");
        for (var round = 0; round < ROUNDS; round++) {
            var before = random.nextBoolean() ? mutated(random) : ManifestStyles.rewritten(Manifests.kubeadm(), random);
            var after = Manifests.patched(planner.planReapplication(before, Manifests.DESIRED, now));

            assertThat(Manifests.parsed(after).reappliedAt()).contains(now);
            assertThat(planner.plan(after, Manifests.DESIRED))
                    .isInstanceOfSatisfying(Plan.Patched.class, plan -> assertThat(plan.changesOnlyAnnotations())
                            .isTrue());
            assertThat(Manifests.patched(planner.planRemoval(after))).isEqualTo(before);
        }
    }

    @Test
    void mutatesInEveryWay() {
        var random = new Random(7);
        var all = new StringBuilder();
        for (var round = 0; round < ROUNDS; round++) {
            all.append(mutated(random));
        }
        assertThat(all.toString())
                .contains("# somebody", "\r\n", " \n", "'--secure-port=6443'", "\"--secure-port=6443\"")
                .contains("- --secure-port\n    - \"6443\"", "\n\n");
    }

    private static String mutated(Random random) {
        return mutated(Manifests.kubeadm(), random);
    }

    private static String mutated(String manifest, Random random) {
        var lines = new ArrayList<String>();
        var rate = random.nextInt(1, 10);
        for (var line : manifest.lines().toList()) {
            if (random.nextInt(10) < rate) {
                lines.addAll(mutatedLine(line, random));
            } else {
                lines.add(line);
            }
        }
        var lineBreak = random.nextInt(4) == 0 ? "\r\n" : "\n";
        return String.join(lineBreak, lines) + (random.nextInt(4) == 0 ? "" : lineBreak);
    }

    /** Equivalent ways to write a line. */
    private static List<String> mutatedLine(String line, Random random) {
        var flag = line.startsWith("    - --") ? line.substring(6) : "";
        return switch (random.nextInt(flag.isEmpty() ? 6 : 10)) {
            case 0 -> List.of(line + " ".repeat(random.nextInt(1, 4)));
            case 1 -> List.of(line + " # somebody's: \"note");
            case 2 -> List.of(line, " ".repeat(random.nextInt(9)) + "# somebody - --audit-log-path=/x");
            case 3 -> List.of("# somebody \uD83D\uDE80 ünïcode", line);
            case 4 -> List.of(line, "");
            case 5 -> List.of(line, "      ", "");
            case 6 -> List.of("    - '" + flag + "'");
            case 7 -> List.of("    - \"" + flag + "\"  # somebody");
            case 8 -> List.of("    -   " + flag);
            default ->
                flag.contains("=")
                        ? List.of(
                                "    - " + flag.substring(0, flag.indexOf('=')),
                                "    - \"" + flag.substring(flag.indexOf('=') + 1) + '"')
                        : List.of(line);
        };
    }
}
