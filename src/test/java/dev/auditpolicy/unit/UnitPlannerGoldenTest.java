package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.EffectiveFlags;
import dev.auditpolicy.manifest.flags.Flags;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code golden}: the unit with its drop-ins, loaded and started with the variables of {@code environment}, is
 * planned for the settings of {@code log.yaml} (without it, for the CRD's defaults). With takeover it gets the drop-in {@code
 * out.conf}, or is refused as {@code refused.txt} says. A folder with both is refused without takeover.
 */
final class UnitPlannerGoldenTest {
    private static final String DEFAULT_LOG = "path: /var/log/kubernetes/audit/audit.log";

    private final UnitPlanner planner = new UnitPlanner();

    @TestFactory
    Stream<DynamicTest> plansAsTheFolderSays() {
        return UnitFolder.all().stream().map(folder -> dynamicTest(folder.name(), () -> check(folder)));
    }

    private void check(UnitFolder folder) throws JsonProcessingException {
        var log = new YAMLMapper().readValue(folder.read("log.yaml").orElse(DEFAULT_LOG), LogBackend.class);
        var flags = AuditFlags.of(log);
        var unit = folder.unit();
        var refused = folder.read("refused.txt");

        switch (planner.plan(unit.state(), flags, true)) {
            case UnitPlan.Written written -> {
                assertThat(written.text()).isEqualTo(folder.read("out.conf").orElse("(not written)"));
                var untaken = planner.plan(unit.state(), flags, false);
                if (refused.isPresent()) {
                    assertThat(describe(untaken)).isEqualTo(refused.get());
                } else {
                    assertThat(untaken).isEqualTo(written);
                }
                checkAfter(unit, written, flags);
            }
            case UnitPlan plan -> assertThat(describe(plan)).isEqualTo(refused.orElse("(not refused)"));
        }
        assertThat(folder.unused()).as("files that no test reads").isEmpty();
    }

    private void checkAfter(TestUnit before, UnitPlan.Written plan, Map<String, String> flags) {
        var after = before.withOurs(plan.text());
        assertThat(Flags.of(after.live()).audit()).as("live flags").isEqualTo(plan.flags());
        assertThat(EffectiveFlags.of(plan.flags(), true))
                .as("no foreign flag has an effect")
                .isEqualTo(EffectiveFlags.of(flags, true));
        assertThat(UnitDrift.of(after.state())).isEmpty();
        assertThat(planner.plan(after.state(), flags, false))
                .as("planned again")
                .isEqualTo(new UnitPlan.Unchanged(plan.flags()));
        assertThat(planner.plan(after.stateWithProcessOf(before), flags, false))
                .as("planned before the restart")
                .isEqualTo(new UnitPlan.Unchanged(plan.flags()));
        if (before.ours().isEmpty()) {
            assertThat(planner.planRemoval(after.state()))
                    .isInstanceOfSatisfying(UnitPlan.Deleted.class, deleted -> assertThat(deleted.flags())
                            .isEqualTo(Flags.of(before.live()).audit()));
        }
    }

    private static String describe(UnitPlan plan) {
        return plan instanceof UnitPlan.Refused(List<dev.auditpolicy.manifest.flags.ManifestProblem> problems)
                ? String.join(
                        "",
                        problems.stream()
                                .map(problem -> problem.describe() + "\n")
                                .toList())
                : "(not refused)";
    }
}
