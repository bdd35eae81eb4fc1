package dev.auditpolicy.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.explain.Explanation;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every evaluator returns the same result for any policy and request. */
class EvaluationPropertyTest {

    private static final int REQUESTS = 100;

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 200), LongStream.of(Long.getLong("seed", 200)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allEvaluatorsAgree(long seed) {
        Random random = new Random(seed);
        Policy policy = WildPolicies.policy(random);
        PolicyEvaluator evaluator = new PolicyEvaluator(policy);
        CompiledPolicy compiled = new CompiledPolicy(policy);

        for (int i = 0; i < REQUESTS; i++) {
            RequestAttributes request = request(random);
            Evaluation evaluation = evaluator.evaluate(request);
            assertThat(compiled.evaluate(request)).isEqualTo(evaluation);
            assertThat(Explanation.of(policy, request).evaluation()).isEqualTo(evaluation);
        }
    }

    private static RequestAttributes request(Random random) {
        return new RequestAttributes(
                random.nextInt(5) == 0 ? null : WildPolicies.string(random),
                WildPolicies.strings(random),
                WildPolicies.string(random),
                WildPolicies.any(random, "", WildPolicies.string(random)),
                WildPolicies.any(random, "", "apps", WildPolicies.string(random)),
                "v1",
                WildPolicies.string(random),
                WildPolicies.any(random, "", "*", WildPolicies.string(random)),
                WildPolicies.any(random, "", WildPolicies.string(random)),
                "/" + WildPolicies.string(random),
                random.nextBoolean());
    }
}
