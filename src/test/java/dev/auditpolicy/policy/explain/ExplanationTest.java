package dev.auditpolicy.policy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import dev.auditpolicy.policy.lint.requests.Generated;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExplanationTest {

    private static final RequestAttributes GET_LOG =
            RequestInfo.of("GET", "/api/v1/namespaces/shop/pods/web/log").by("alice", List.of("system:authenticated"));
    private static final RequestAttributes HEALTHZ =
            RequestInfo.of("GET", "/healthz").by("alice", List.of());

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L, 3L);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheEvaluator(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < 400; i++) {
            Policy policy = generated.policy();
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);
            for (int j = 0; j < 200; j++) {
                RequestAttributes request = generated.request();
                Explanation explanation = Explanation.of(policy, request);
                assertThat(explanation.evaluation())
                        .as("seed %d, %s, %s", seed, policy, request)
                        .isEqualTo(evaluator.evaluate(request));
                assertThat(explanation.skippedRules())
                        .extracting(SkippedRule::rule)
                        .containsExactlyElementsOf(IntStream.range(
                                        0,
                                        explanation
                                                .evaluation()
                                                .rule()
                                                .orElse(policy.rules().size()))
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void explainsUserMismatches() {
        assertThat(reason(
                        new PolicyRule(Level.NONE, List.of("bob"), null, null, null, null, null, null, null), GET_LOG))
                .isEqualTo("matches only user \"bob\", but the user is \"alice\"");
        assertThat(reason(
                        new PolicyRule(Level.NONE, null, List.of("a", "b", "c"), null, null, null, null, null, null),
                        GET_LOG))
                .isEqualTo("matches only groups \"a\", \"b\" and \"c\", but the user is in group"
                        + " \"system:authenticated\"");
        assertThat(reason(
                        new PolicyRule(Level.NONE, List.of("bob"), null, null, null, null, null, null, null),
                        GET_LOG.by(null, List.of())))
                .isEqualTo("matches only user \"bob\", but the request is unauthenticated");
    }

    @Test
    void explainsResourceMismatches() {
        assertThat(reason(resources(new GroupResources("apps", null, null)), GET_LOG))
                .isEqualTo("matches only API group \"apps\", but the request is for the core API group");
        assertThat(reason(resources(new GroupResources("", List.of("pods"), null)), GET_LOG))
                .isEqualTo("matches only resource \"pods\" in the core API group, but the resource is \"pods/log\"");
        assertThat(reason(resources(new GroupResources("", List.of("pods/*"), List.of("db"))), GET_LOG))
                .isEqualTo("matches only object name \"db\" for \"pods/log\", but the name is \"web\"");
        assertThat(reason(resources(new GroupResources("", List.of("pods"), null)), HEALTHZ))
                .isEqualTo("matches only resource requests, but \"/healthz\" is a non-resource URL");
    }

    /** Reports the closest entry, regardless of the order. */
    @Test
    void reportsTheClosestEntry() {
        assertThat(reason(
                        resources(
                                new GroupResources("apps", null, null),
                                new GroupResources("", List.of("pods/log"), List.of("db")),
                                new GroupResources("", List.of("nodes"), null)),
                        GET_LOG))
                .isEqualTo("matches only object name \"db\" for \"pods/log\", but the name is \"web\"");
    }

    @Test
    void explainsUrlMismatches() {
        PolicyRule rule =
                new PolicyRule(Level.NONE, null, null, null, null, null, List.of("/livez*", "/readyz*"), null, null);

        assertThat(reason(rule, HEALTHZ))
                .isEqualTo("matches only URLs \"/livez*\" and \"/readyz*\", but the URL is \"/healthz\"");
        assertThat(reason(rule, GET_LOG))
                .isEqualTo("matches only non-resource URLs, but the request is for a resource");
    }

    private static PolicyRule resources(GroupResources... resources) {
        return new PolicyRule(Level.NONE, null, null, null, List.of(resources), null, null, null, null);
    }

    private static String reason(PolicyRule rule, RequestAttributes request) {
        return Explanation.of(new Policy(null, null, List.of(rule)), request)
                .skippedRules()
                .getFirst()
                .mismatch()
                .reason();
    }
}
