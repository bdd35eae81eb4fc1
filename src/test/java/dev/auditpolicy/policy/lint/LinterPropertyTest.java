package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.requests.Generated;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what the findings say about requests with the evaluator. */
final class LinterPropertyTest {

    private static final int POLICIES = 150;
    private static final int REQUESTS = 200;
    private static final LintContext CONTEXT = LintContext.of(new KubernetesVersion(1, 36));

    /** Fixed seeds; -Dseed=N repaths the last one. A failure names its seed. */
    static Stream<Long> seeds() {
        return Stream.of(11L, 12L, Long.getLong("seed", 13L));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheEvaluator(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < POLICIES; i++) {
            Policy policy = generated.policy();
            List<LintFinding> findings = Linter.lint(policy, null, CONTEXT);
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);

            assertThat(Linter.lint(policy, null, CONTEXT)).isEqualTo(findings);
            for (int j = 0; j < REQUESTS; j++) {
                RequestAttributes request = realistic(generated.request());
                assertAgrees(
                        policy,
                        findings,
                        evaluator.evaluate(request),
                        request,
                        "seed %d, %s, %s".formatted(seed, policy, request));
            }
        }
    }

    private static void assertAgrees(
            Policy policy,
            List<LintFinding> findings,
            Evaluation evaluation,
            RequestAttributes request,
            String context) {
        Set<FindingCode> codes = findings.stream().map(LintFinding::code).collect(Collectors.toSet());
        boolean recorded = evaluation.level() != Level.NONE
                && !evaluation.omitStages().containsAll(List.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE));
        if (codes.contains(FindingCode.NOTHING_RECORDED)) {
            assertThat(recorded && exists(request)).as(context).isFalse();
        } else if (!codes.contains(FindingCode.NO_CATCH_ALL) && request.user() != null) {
            assertThat(evaluation.rule()).as(context).isPresent();
        }
        if (evaluation.rule().isPresent()) {
            String rule = RulePaths.rule(evaluation.rule().getAsInt());
            assertThat(findings)
                    .as(context)
                    .noneMatch(finding -> finding.path().equals(rule)
                            && (finding.code() == FindingCode.UNREACHABLE_RULE
                                    || finding.code() == FindingCode.REDUNDANT_RULE));
            List<String> used = valuesOf(policy.rules().get(evaluation.rule().getAsInt()), rule, request);
            assertThat(findings)
                    .as(context)
                    .noneMatch(
                            finding -> finding.code() == FindingCode.SHADOWED_VALUE && used.contains(finding.path()));
            if (leaksSecret(evaluation, request)) {
                assertThat(findings)
                        .as(context)
                        .anyMatch(finding -> finding.code() == FindingCode.SECRET_BODIES
                                && finding.path().equals(rule + ".level"));
            }
        }
    }

    /** A rule can match a request for a resource that does not exist, which gets a 404. */
    private static boolean exists(RequestAttributes request) {
        String resource = request.resource() + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
        return !request.isResourceRequest()
                || BuiltInApi.RESOURCES.find(request.apiGroup(), resource).isPresent();
    }

    /** The paths of the values by which a rule matches a request, for lists that are compared with equals. */
    private static List<String> valuesOf(PolicyRule written, String rule, RequestAttributes request) {
        return Stream.of(
                        paths(rule + ".verbs", written.verbs(), request.verb()),
                        paths(rule + ".users", written.users(), request.user()),
                        paths(rule + ".namespaces", written.namespaces(), request.namespace()))
                .flatMap(paths -> paths)
                .toList();
    }

    private static Stream<String> paths(String field, List<String> values, String value) {
        return IntStream.range(0, values.size())
                .filter(i -> values.get(i).equals(value))
                .mapToObj(i -> field + "[" + i + "]");
    }

    private static boolean leaksSecret(Evaluation evaluation, RequestAttributes request) {
        return request.user() != null
                && request.apiGroup().isEmpty()
                && request.resource().equals("secrets")
                && request.subresource().isEmpty()
                && !evaluation.omitStages().contains(Stage.RESPONSE_COMPLETE)
                && switch (evaluation.level()) {
                    case NONE, METADATA -> false;
                    case REQUEST -> Set.of("create", "update", "patch").contains(request.verb());
                    case REQUEST_RESPONSE ->
                        Set.of("get", "list", "create", "update", "patch", "delete", "deletecollection")
                                .contains(request.verb());
                };
    }

    /** Every user is in system:authenticated or system:unauthenticated. */
    private static RequestAttributes realistic(RequestAttributes request) {
        return request.user() == null
                ? request
                : request.by(
                        request.user(),
                        Stream.concat(request.groups().stream(), Stream.of("system:authenticated"))
                                .distinct()
                                .toList());
    }
}
