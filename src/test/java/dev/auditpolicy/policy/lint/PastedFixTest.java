package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.diff.Difference;
import dev.auditpolicy.policy.diff.PolicyDiff;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Pastes each fix into the policy that it is for: the result loads, the finding is gone, and {@code diff} finds no change but
 * the one that the fix names.
 */
final class PastedFixTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path CORPUS = Path.of("src/test/resources/policies");
    private static final LintContext CONTEXT =
            LintContext.of(new KubernetesVersion(1, 36)).withProfiles(List.of(Profile.values()));

    /** What to do depends on something that the policy does not say. */
    private static final Set<FindingCode> ADVICE = EnumSet.of(
            FindingCode.NO_WILDCARD,
            FindingCode.UNKNOWN_VERB,
            FindingCode.WRONG_API_GROUP,
            FindingCode.UNKNOWN_RESOURCE,
            FindingCode.WRONG_RESOURCE_PATTERN,
            FindingCode.INVALID_NAMESPACE,
            FindingCode.RESOURCE_URL,
            FindingCode.WRONG_IDENTITY,
            FindingCode.OBSOLETE,
            FindingCode.PLACEHOLDER,
            FindingCode.COMMAND_LINES,
            FindingCode.NOT_EVERYTHING,
            FindingCode.FEWER_BODIES,
            FindingCode.LOG_ACCESS,
            FindingCode.DROPPED_REQUESTS);

    /** Removing such a value changes requests of clusters of the past, or of certificates with such a name. */
    private static final Set<FindingCode> ABOUT_OLDER_CLUSTERS = EnumSet.of(FindingCode.OBSOLETE);

    private record Source(String name, JsonNode policy) {}

    @TestFactory
    Stream<DynamicTest> changesOnlyWhatItNames() {
        return Stream.concat(golden(), corpus()).flatMap(PastedFixTest::tests);
    }

    private static Stream<DynamicTest> tests(Source source) {
        try {
            Policy policy = policy(source.policy());
            return findings(policy).stream()
                    .map(finding -> DynamicTest.dynamicTest(
                            source.name() + " " + finding.code().slug() + " " + finding.path(),
                            () -> paste(source.policy(), policy, finding)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void paste(JsonNode source, Policy policy, LintFinding finding) throws JsonProcessingException {
        var pasted = PastedFix.of(source, finding.path(), finding.fix());
        if (pasted.isEmpty()) {
            assertThat(ADVICE).as(finding.toString()).contains(finding.code());
            return;
        }
        Policy changed = policy(pasted.get().policy());

        assertThat(List.of(finding))
                .as("still there")
                .noneMatch(found -> remain(findings(policy), findings(changed), found));
        PolicyDiff diff = PolicyDiff.between(policy, changed);
        assertThat(diff.complete()).as("diff is complete").isTrue();
        assertThat(diff.differences())
                .as("pasted: %s into %s", finding, source)
                .allMatch(difference -> isNamed(difference, pasted.get(), finding));
    }

    private static boolean isNamed(Difference difference, PastedFix pasted, LintFinding finding) {
        if (ABOUT_OLDER_CLUSTERS.contains(finding.code())) {
            return true;
        }
        boolean from =
                switch (pasted.from()) {
                    case PastedFix.ANY -> true;
                    case PastedFix.NO_RULE -> difference.before().rule().isEmpty();
                    default -> difference.before().rule().orElse(PastedFix.NO_RULE) == pasted.from();
                };
        // A guess replaces a name that something else could have.
        boolean guessed = finding.fix().startsWith("did you mean")
                && difference.before().rule().isPresent()
                && finding.path()
                        .startsWith("rules[" + difference.before().rule().getAsInt() + "]");
        boolean touched = pasted.touched().contains(difference.after().rule().orElse(PastedFix.NO_RULE));
        return guessed || (from && touched);
    }

    /** Whether there are no fewer findings of this kind: the indexes of rules move, and another finding can take its place. */
    private static boolean remain(List<LintFinding> before, List<LintFinding> after, LintFinding finding) {
        return count(after, finding) >= count(before, finding)
                && countAlike(after, finding) >= countAlike(before, finding);
    }

    private static long count(List<LintFinding> findings, LintFinding finding) {
        return findings.stream().filter(other -> other.code() == finding.code()).count();
    }

    private static long countAlike(List<LintFinding> findings, LintFinding finding) {
        return findings.stream()
                .filter(other -> other.code() == finding.code()
                        && other.reason()
                                .replaceAll("\\d", "")
                                .equals(finding.reason().replaceAll("\\d", "")))
                .count();
    }

    private static List<LintFinding> findings(Policy policy) {
        return Linter.lint(policy, null, CONTEXT).stream()
                .filter(finding -> !finding.path().startsWith("log"))
                .toList();
    }

    private static Policy policy(JsonNode policy) throws JsonProcessingException {
        return Policies.policy(YAML.writeValueAsString(policy));
    }

    private static Stream<Source> golden() {
        return LinterGoldenTest.codes().flatMap(code -> LinterGoldenTest.cases(code).stream()
                .map(one -> new Source(code.slug() + ", " + one.name(), one.policy())));
    }

    private static Stream<Source> corpus() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList().stream().flatMap(PastedFixTest::loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(Policy policy) throws JsonProcessingException {
        JsonNode written = YAML.readTree(PolicyWriter.write(policy));
        return ((ObjectNode) written).without(List.of("apiVersion", "kind"));
    }

    private static Stream<Source> loaded(Path file) {
        try {
            return switch (new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(Files.readAllBytes(file))) {
                case PolicyFileReading.Loaded loaded ->
                    Stream.of(new Source(file.getFileName().toString(), tree(loaded.policy())));
                case PolicyFileReading.InvalidFile _ -> Stream.empty();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
