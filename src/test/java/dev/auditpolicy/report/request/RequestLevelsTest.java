package dev.auditpolicy.report.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.lint.requests.RequestSpace;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyTextReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestLevelsTest {

    @Test
    void dependOnTheCaller() {
        var levels = of(SensitiveRequest.EXEC, """
                rules:
                - {level: None, users: [jane], resources: [{group: "", resources: [pods/exec]}]}
                - {level: Metadata}
                """);

        assertThat(levels.range()).isEqualTo("None to Metadata");
        assertThat(levels.byRule())
                .extracting(LevelOfRule::source)
                .containsExactly("rules[0] (users jane)", "rules[1]");
    }

    /** A client that uses a WebSocket sends GET. */
    @Test
    void dependOnTheVerb() {
        assertThat(of(SensitiveRequest.EXEC, """
                rules:
                - {level: Request, verbs: [create], resources: [{group: "", resources: [pods/exec]}]}
                """).range()).isEqualTo("None to Request");
    }

    @Test
    void areNoneForWhatNoRuleMatches() {
        var levels = of(SensitiveRequest.TOKENS, "rules: [{level: Metadata, resources: [{group: apps}]}]");

        assertThat(levels.isPartlyUnrecorded()).isTrue();
        assertThat(levels.byRule()).extracting(LevelOfRule::source).containsExactly("no rule");
    }

    @Test
    void areNoneWithoutTheStagesOfARequest() {
        assertThat(of(SensitiveRequest.SECRET_READS, """
                omitStages: [RequestReceived]
                rules: [{level: Metadata, omitStages: [ResponseComplete]}]
                """).range()).isEqualTo("None");
    }

    /** What no request reaches is not named. */
    @Test
    void leaveOutRulesBehindOthers() {
        var levels = of(SensitiveRequest.RBAC, """
                rules:
                - {level: Request, resources: [{group: rbac.authorization.k8s.io}]}
                - {level: None}
                """);

        assertThat(levels.range()).isEqualTo("Request");
    }

    @ParameterizedTest
    @MethodSource
    void agreeWithTheEvaluator(String name, Policy policy) {
        var evaluator = new PolicyEvaluator(policy);
        var space = RequestSpace.of(policy);
        for (var levels : RequestLevels.of(policy)) {
            var requests = levels.request().requests();
            var parts = Stream.concat(
                    IntStream.range(0, policy.rules().size()).boxed().flatMap(rule -> space.decidedBy(rule, requests)
                            .limit(3)),
                    space.decidedByNone(requests).limit(3));
            var evaluated = parts.map(part -> evaluator.evaluate(part.example()))
                    .map(evaluation -> evaluation.rule())
                    .distinct()
                    .toList();
            assertThat(levels.byRule())
                    .as(name + " " + levels.request())
                    .extracting(LevelOfRule::rule)
                    .containsExactlyInAnyOrderElementsOf(evaluated);
        }
    }

    static List<Arguments> agreeWithTheEvaluator() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/policies"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> policy(text(file)).stream()
                            .map(policy -> arguments(file.getFileName().toString(), policy)))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestLevels of(SensitiveRequest request, String text) {
        var policy =
                policy("apiVersion: audit.k8s.io/v1\nkind: Policy\n" + text).getFirst();
        return RequestLevels.of(policy).stream()
                .filter(levels -> levels.request() == request)
                .findFirst()
                .orElseThrow();
    }

    private static List<Policy> policy(String text) {
        var reading = new PolicyTextReader(KubernetesVersion.NEWEST_KNOWN).read(text.getBytes(StandardCharsets.UTF_8));
        return reading instanceof PolicyFileReading.Loaded loaded ? List.of(loaded.policy()) : List.of();
    }
}
