package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A takeover leaves no foreign audit flag, and giving back gives the manifest from before it, byte for byte; or, if something
 * else has changed meanwhile, that with the same change.
 */
final class TakeoverPropertyTest {

    private static final int ROUNDS = 40;

    private static final List<DesiredAuditConfig> DESIRED =
            List.of(Manifests.DESIRED, Manifests.WITH_WEBHOOK, Manifests.WEBHOOK_ONLY);

    private final ManifestPlanner planner = new ManifestPlanner();

    @TestFactory
    Stream<DynamicTest> everyManifestComesBack() {
        return Stream.of("corpus", "takeover")
                .flatMap(folder -> GoldenFolder.in(folder).stream())
                .map(file -> dynamicTest(
                        file.getFileName().toString(),
                        () -> DESIRED.forEach(desired -> comesBackIfItCanBePatched(file, desired))));
    }

    private void comesBackIfItCanBePatched(Path file, DesiredAuditConfig desired) {
        var before = GoldenFolder.text(file);
        if (planner.planTakeover(before, desired) instanceof Plan.Patched taken) {
            checkComesBack(before, taken, desired);
        } else {
            assertThat(planner.planRemoval(before)).isNotInstanceOf(Plan.Patched.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyForeignConfigurationComesBack(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var before = ForeignConfigurations.random(random);
            var desired = DESIRED.get(round % DESIRED.size());
            checkComesBack(before, (Plan.Patched) planner.planTakeover(before, desired), desired);
        }
    }

    /** What has no lines of its own is named, and nothing else is a reason. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void anyStyleComesBackOrIsRefused(long seed) {
        var random = new Random(seed);
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var round = 0; round < ROUNDS; round++) {
            var before = ManifestStyles.rewritten(ForeignConfigurations.random(random), random);
            var desired = DESIRED.get(round % DESIRED.size());
            switch (planner.planTakeover(before, desired)) {
                case Plan.Patched taken -> {
                    checkComesBack(before, taken, desired);
                    outcomes.add(Outcome.TAKEN);
                }
                case Plan.Unpatchable(List<ManifestProblem> problems) -> {
                    assertThat(problems).as(before).allMatch(problem -> problem.message()
                            .startsWith("to be replaced, it must be in block style"));
                    outcomes.add(Outcome.REFUSED);
                }
                case Plan.Unchanged _ -> throw new AssertionError("unchanged");
            }
        }
        assertThat(outcomes).containsExactly(Outcome.values());
    }

    private enum Outcome {
        TAKEN,
        REFUSED
    }

    /** Whoever writes the manifest anew may write it in flow style. */
    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void comesBackIntoAManifestInAnotherStyle(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var before = ForeignConfigurations.random(random);
            var desired = DESIRED.get(round % DESIRED.size());
            var taken = ((Plan.Patched) planner.planTakeover(before, desired)).taken();
            var anew = ManifestStyles.rewritten(Manifests.kubeadm().replace("v1.36.3", "v1.37.0"), random);
            var ours = Manifests.patched(planner.plan(anew, desired));
            var restored = Manifests.parsed(Manifests.patched(planner.planRemoval(ours, taken)));
            assertThat(restored.image()).endsWith("v1.37.0");
            assertThat(audit(restored)).isEqualTo(audit(Manifests.parsed(before)));
        }
    }

    @Test
    void someConfigurationIsRefusedWithoutATakeover() {
        var before = ForeignConfigurations.random(new Random(1));
        assertThat(planner.plan(before, Manifests.DESIRED)).isInstanceOf(Plan.Unpatchable.class);
    }

    private void checkComesBack(String before, Plan.Patched plan, DesiredAuditConfig desired) {
        var ours = Manifests.parsed(plan.text());
        assertThat(ours.flags().entrySet().stream()
                        .filter(flag -> flag.getKey().startsWith("audit-"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(desired.flags().entrySet());
        assertThat(planner.planTakeover(plan.text(), desired)).isEqualTo(new Plan.Unchanged());
        assertThat(givenBack(plan.text(), plan)).isEqualTo(before);
        var other = DesiredAuditConfig.of(Manifests.log("/var/log/elsewhere/audit.log"), "0000");
        assertThat(givenBack(Manifests.patched(planner.plan(plan.text(), other)), plan))
                .isEqualTo(before);
        for (var change : List.<Change>of(
                text -> text.replaceFirst("(?m)(image: \\S+kube-apiserver:v[0-9.]+)", "$19"),
                text -> text.replaceFirst("(?m)^( *- )(kube-apiserver)(\\R)", "$1$2$3$1--profiling=false$3"),
                text -> text.replaceFirst("(?m)^( *)(hostNetwork: )", "$1# somebody\n$1$2"))) {
            assertThat(givenBack(change.of(plan.text()), plan)).isEqualTo(change.of(before));
        }
    }

    private interface Change {
        String of(String text);
    }

    private String givenBack(String text, Plan.Patched plan) {
        return Manifests.patched(planner.planRemoval(text, plan.taken()));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void comesBackIntoAManifestThatIsWrittenAnew(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var before = ForeignConfigurations.random(random);
            var desired = DESIRED.get(round % DESIRED.size());
            var taken = ((Plan.Patched) planner.planTakeover(before, desired)).taken();
            var anew = Manifests.kubeadm().replace("v1.36.3", "v1.37.0");
            var ours = Manifests.patched(planner.plan(anew, desired));
            var restored = Manifests.parsed(Manifests.patched(planner.planRemoval(ours, taken)));
            assertThat(restored.image()).endsWith("v1.37.0");
            assertThat(audit(restored)).isEqualTo(audit(Manifests.parsed(before)));
        }
    }

    private static List<Object> audit(KubeApiServerManifest manifest) {
        return ManifestParts.of(
                        manifest.commandLine().flags().stream()
                                .filter(flag -> flag.name().startsWith("audit-"))
                                .toList(),
                        List.of(),
                        List.of())
                .flags();
    }
}
