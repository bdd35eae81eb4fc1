package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies of public clusters. Every finding in them was reviewed and labelled {@code right} or {@code wrong} in {@code
 * labels.csv}. A new finding fails here until it is labelled.
 */
final class CorpusFindingsTest {

    private static final Path FOLDER = Path.of("src/test/resources/policies");

    private static final Path LABELS = Path.of("src/test/resources/lint/labels.csv");

    private static final KubernetesVersion V1_36 = new KubernetesVersion(1, 36);

    /** The profiles that the files were labelled for. */
    private static final LintContext CONTEXT = LintContext.of(V1_36).withProfiles(List.of(Profile.CIS, Profile.STIG));

    private record Label(String file, String code, String path, String verdict) {}

    /** The files that kube-apiserver loads, without the parts that it drops. */
    static Stream<Arguments> policies() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream().flatMap(CorpusFindingsTest::loaded);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void findsWhatIsLabelled(String file, Policy policy) throws IOException {
        List<String> labelled = labels().filter(label -> label.file().equals(file))
                .map(label -> label.code() + " " + label.path())
                .toList();

        assertThat(Linter.lint(policy, null, CONTEXT))
                .extracting(finding -> finding.code().slug() + " " + finding.path())
                .containsExactlyInAnyOrderElementsOf(labelled);
    }

    @Test
    void findsNothingWrong() throws IOException {
        assertThat(labels()).extracting(Label::verdict).containsOnly("right");
    }

    @Test
    void labelsEveryLoadedPolicy() throws IOException {
        assertThat(labels().map(Label::file).distinct())
                .containsExactlyInAnyOrderElementsOf(policies()
                        .map(policy -> (String) Arrays.asList(policy.get()).getFirst())
                        .toList())
                .hasSize(22);
    }

    private static Stream<Arguments> loaded(Path file) {
        return switch (new PolicyFileReader(V1_36).read(bytes(file))) {
            case PolicyFileReading.Loaded loaded ->
                Stream.of(Arguments.of(file.getFileName().toString(), loaded.policy()));
            case PolicyFileReading.InvalidFile refused -> Stream.empty();
        };
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Label> labels() throws IOException {
        return Files.readAllLines(LABELS).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(columns -> new Label(columns[0], columns[1], columns[2], columns[3]));
    }
}
