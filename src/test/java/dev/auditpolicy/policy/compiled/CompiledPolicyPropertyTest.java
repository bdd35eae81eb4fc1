package dev.auditpolicy.policy.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure names its seed: put it into {@link #seeds} to see it again. */
class CompiledPolicyPropertyTest {

    private static final int POLICIES = 1000;
    private static final int REQUESTS_FOR_EACH = 50;

    static LongStream seeds() {
        return LongStream.of(1, 2, Long.getLong("seed", 3L));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheEvaluator(long seed) {
        Generated generated = new Generated(new SplittableRandom(seed));
        int matches = 0;
        for (int count = 0; count < POLICIES; count++) {
            Policy policy = generated.policy();
            PolicyEvaluator evaluator = new PolicyEvaluator(policy);
            CompiledPolicy compiled = new CompiledPolicy(policy);
            for (int number = 0; number < REQUESTS_FOR_EACH; number++) {
                RequestAttributes request = generated.request();
                Evaluation evaluation = compiled.evaluate(request);
                assertThat(evaluation)
                        .as("seed %d, policy %d, %s by %s", seed, count, request, policy)
                        .isEqualTo(evaluator.evaluate(request));
                matches += evaluation.rule().isPresent() ? 1 : 0;
            }
        }

        assertThat(matches)
                .as("requests of seed %d that a rule matches, which must be neither rare nor all", seed)
                .isBetween(POLICIES * REQUESTS_FOR_EACH / 10, POLICIES * REQUESTS_FOR_EACH * 9 / 10);
    }
}
