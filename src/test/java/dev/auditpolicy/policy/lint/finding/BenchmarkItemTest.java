package dev.auditpolicy.policy.lint.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BenchmarkItemTest {

    /** An item without a check would pass, whatever the policy is. */
    @ParameterizedTest
    @EnumSource
    void isCheckedOrSaysWhereTheEvidenceIs(BenchmarkItem item) {
        var isChecked = Arrays.stream(FindingCode.values())
                .anyMatch(code -> code.benchmarks().contains(item));

        assertThat(isChecked).isNotEqualTo(item.provenElsewhere().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void standsInTheTableOfThePage(BenchmarkItem item) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/policies.md")))
                .anyMatch(line ->
                        line.startsWith("| " + item.profile() + " ") && line.split("\\|")[1].contains(item.id()));
    }
}
