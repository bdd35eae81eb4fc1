package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** For each code, inputs with and without findings, with the exact text of each finding. */
final class LinterGoldenTest {

    @TestFactory
    Stream<DynamicContainer> matchesTheGoldenFiles() {
        return codes().map(code -> DynamicContainer.dynamicContainer(
                code.slug(),
                Stream.concat(
                        Stream.of(bothKinds(code)),
                        cases(code).stream()
                                .map(one -> DynamicTest.dynamicTest(one.name(), () -> assertThat(one.findings(code))
                                        .isEqualTo(one.finds()))))));
    }

    private static DynamicTest bothKinds(FindingCode code) {
        return DynamicTest.dynamicTest("has inputs of both kinds", () -> assertThat(cases(code))
                .anyMatch(one -> !one.finds().isEmpty())
                .anyMatch(one -> one.finds().isEmpty()));
    }

    /** Without the findings of {@code --log}, which need one: LintLogTest has them. */
    static Stream<FindingCode> codes() {
        return Stream.of(FindingCode.values()).filter(code -> !code.id().startsWith("AP7"));
    }

    static List<LintCase> cases(FindingCode code) {
        String name = "/lint/checks/" + code.slug() + ".yaml";
        try (InputStream file = LinterGoldenTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new YAMLMapper().readValue(file, new TypeReference<List<LintCase>>() {});
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
