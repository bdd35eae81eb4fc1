package dev.auditpolicy.policy.lint.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the sets with the evaluator, which tries one rule after the other. */
final class RequestSpacePropertyTest {

    private static final int POLICIES = 400;
    private static final int REQUESTS = 300;

    /** Fixed seeds; -Dseed=N replaces the last one. A failure names its seed. */
    static Stream<Long> seeds() {
        return Stream.concat(Stream.of(1L, 2L), Stream.of(Long.getLong("seed", 13L)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void reportsARuleAsCoveredOnlyIfNoRequestReachesIt(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < POLICIES; i++) {
            Policy policy = generated.policy();
            RequestSpace space = RequestSpace.of(policy);
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);
            List<Integer> covered = IntStream.range(0, policy.rules().size())
                    .filter(rule ->
                            !space.covering(rule, policy.rules().get(rule)).isEmpty())
                    .boxed()
                    .toList();
            for (int j = 0; j < REQUESTS; j++) {
                RequestAttributes request = generated.request();
                OptionalInt rule = evaluator.evaluate(request).rule();
                if (rule.isPresent()) {
                    assertThat(covered)
                            .as("seed %d, %s, %s", seed, policy, request)
                            .doesNotContain(rule.getAsInt());
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsARequestForEveryUncoveredRule(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < POLICIES; i++) {
            Policy policy = generated.policy();
            RequestSpace space = RequestSpace.of(policy);
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);
            for (int rule = 0; rule < policy.rules().size(); rule++) {
                Optional<Requests> decided = space.decidedBy(rule, Requests.ALL).findFirst();
                boolean covered =
                        !space.covering(rule, policy.rules().get(rule)).isEmpty();

                if (decided.isPresent()) {
                    RequestAttributes example = decided.get().example();
                    assertThat(evaluator.evaluate(example).rule())
                            .as("seed %d, %s, %s", seed, policy, example)
                            .hasValue(rule);
                }
                assertThat(covered && decided.isPresent())
                        .as("seed %d, %s", seed, policy)
                        .isFalse();
                if (!covered && decided.isEmpty()) {
                    assertThat(RuleRequests.of(policy.rules().get(rule)))
                            .as("seed %d, %s", seed, policy)
                            .allMatch(Requests::isEmpty);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void assignsEveryRequestToTheRuleOfTheEvaluator(long seed) {
        Generated generated = new Generated(seed);
        for (int i = 0; i < POLICIES; i++) {
            Policy policy = generated.policy();
            RequestSpace space = RequestSpace.of(policy);
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);
            for (int j = 0; j < 10; j++) {
                RequestAttributes request = generated.request();
                Requests only = only(request);
                OptionalInt decider = evaluator.evaluate(request).rule();

                assertThat(space.decidedByNone(only).findAny().isPresent())
                        .as("seed %d, %s, %s", seed, policy, request)
                        .isEqualTo(decider.isEmpty());
                for (int rule = 0; rule < policy.rules().size(); rule++) {
                    assertThat(space.decidedBy(rule, only).findAny().isPresent())
                            .as("seed %d, rule %d, %s, %s", seed, rule, policy, request)
                            .isEqualTo(decider.isPresent() && decider.getAsInt() == rule);
                }
            }
        }
    }

    @Test
    void reportsNothingAfterItGivesUp() {
        Policy policy = new Generated(3).policy();
        RequestSpace space = RequestSpace.of(policy, 1);

        assertThat(space.decidedByNone(Requests.ALL)).isEmpty();
        assertThat(space.isGivenUp()).isTrue();
        for (int rule = 1; rule < policy.rules().size(); rule++) {
            assertThat(space.covering(rule, policy.rules().get(rule))).isEmpty();
            assertThat(space.decidedBy(rule, Requests.ALL)).isEmpty();
        }
    }

    private static Requests only(RequestAttributes request) {
        List<String> others = Stream.of("system:nodes", "system:authenticated", "ops")
                .filter(group -> !request.groups().contains(group))
                .toList();
        Memberships groups =
                new Memberships(request.groups().stream().map(Set::of).toList(), Set.copyOf(others));
        Requests common = Requests.ALL
                .where(Attribute.USER, Values.of(request.user() == null ? Requests.NOBODY : request.user()))
                .where(Attribute.USER_GROUPS, groups)
                .where(Attribute.VERB, Values.of(request.verb()));
        return request.isResourceRequest()
                ? common.where(Attribute.KIND, Values.of(Requests.RESOURCE))
                        .where(Attribute.API_GROUP, Values.of(request.apiGroup()))
                        .where(Attribute.RESOURCE, Values.of(request.resource()))
                        .where(Attribute.SUBRESOURCE, Values.of(request.subresource()))
                        .where(Attribute.NAME, Values.of(request.name()))
                        .where(Attribute.NAMESPACE, Values.of(request.namespace()))
                : common.where(Attribute.KIND, Values.of(Requests.PATH))
                        .where(Attribute.URL_PATH, Paths.of(List.of(request.path())));
    }
}
