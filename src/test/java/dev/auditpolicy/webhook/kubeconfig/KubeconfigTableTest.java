package dev.auditpolicy.webhook.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What kube-apiserver refuses, loses everything with or reads otherwise than it is written, as measured on 1.36.3, with the exact
 * text of each problem.
 */
final class KubeconfigTableTest {

    private static final Secrets SECRETS = new Secrets();

    /** Either the whole text, or the fields of the one cluster and of the one user. */
    record Row(String name, String text, String cluster, String user, List<String> problems, List<String> warnings) {

        Row {
            problems = problems == null ? List.of() : problems;
            warnings = warnings == null ? List.of() : warnings;
        }

        KubeconfigReading read() {
            return SECRETS.read(text == null ? Secrets.kubeconfig(cluster, user == null ? "{}" : user) : text);
        }
    }

    @TestFactory
    Stream<DynamicTest> findsWhatTheTableSays() throws IOException {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    var reading = row.read();
                    assertThat(problems(reading)).isEqualTo(row.problems());
                    assertThat(texts(reading.warnings())).isEqualTo(row.warnings());
                    assertThat(reading instanceof KubeconfigReading.Usable)
                            .isEqualTo(row.problems().isEmpty());
                }));
    }

    @TestFactory
    Stream<DynamicTest> namesNoCredential() throws IOException {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name(), () -> assertThat(row.read().toString()).doesNotContain("s3cr3t", "PRIVATE KEY")));
    }

    private static List<Row> rows() throws IOException {
        try (var table = KubeconfigTableTest.class.getResourceAsStream("/webhook/kubeconfigs.yaml")) {
            return new YAMLMapper().readValue(table, new TypeReference<>() {});
        }
    }

    private static List<String> problems(KubeconfigReading reading) {
        return switch (reading) {
            case KubeconfigReading.Usable _ -> List.of();
            case KubeconfigReading.Unusable unusable -> texts(unusable.problems());
        };
    }

    private static List<String> texts(List<KubeconfigProblem> problems) {
        return problems.stream().map(KubeconfigProblem::toString).toList();
    }
}
