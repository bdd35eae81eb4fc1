package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code golden}: the manifest {@code in.yaml} is planned for the settings of {@code log.yaml} (without
 * it, for the CRD's defaults) and becomes {@code out.yaml}, or is refused as {@code refused.txt} says, or, with an
 * {@code unchanged.txt}, stays.
 */
final class ManifestPlannerGoldenTest {
    private static final String DEFAULT_LOG = "path: /var/log/kubernetes/audit/audit.log";

    private final ManifestPlanner planner = new ManifestPlanner();

    @TestFactory
    Stream<DynamicTest> plansAsTheFolderSays() {
        return GoldenFolder.in("golden").stream()
                .map(path -> dynamicTest(path.getFileName().toString(), () -> check(GoldenFolder.of(path))));
    }

    private void check(GoldenFolder folder) throws JsonProcessingException {
        var log = new YAMLMapper().readValue(folder.read("log.yaml").orElse(DEFAULT_LOG), LogBackend.class);
        var desired = DesiredAuditConfig.of(log, "7f3a");
        var before = folder.read("in.yaml").orElseThrow();

        switch (planner.plan(before, desired)) {
            case Plan.Unchanged() -> assertThat(folder.read("unchanged.txt")).contains("");
            case Plan.Unpatchable invalid ->
                assertThat(describe(invalid))
                        .isEqualTo(folder.read("refused.txt").orElse("(not refused)"));
            case Plan.Patched patched -> {
                assertThat(patched.text()).isEqualTo(folder.read("out.yaml").orElse("(not patched)"));
                assertThat(patched.changes()).isNotEmpty();
                checkAgain(before, patched.text(), desired);
            }
        }
        assertThat(folder.unused()).as("files that no test reads").isEmpty();
    }

    private void checkAgain(String before, String patched, DesiredAuditConfig desired) {
        assertThat(planner.plan(patched, desired)).as("planned again").isEqualTo(new Plan.Unchanged());
        if (!before.contains("auditpolicy.dev/")) {
            assertThat(planner.planRemoval(patched))
                    .isInstanceOfSatisfying(Plan.Patched.class, removed -> assertThat(removed.text())
                            .isEqualTo(before));
        }
    }

    private static String describe(Plan.Unpatchable invalid) {
        return String.join(
                "",
                invalid.problems().stream()
                        .map(problem -> problem.describe() + "\n")
                        .toList());
    }
}
