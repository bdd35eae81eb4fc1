package dev.auditpolicy.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.PolicyTexts;
import dev.auditpolicy.policy.Vectors;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyEvaluatorTest {

    static Stream<JsonNode> vectors() {
        return Vectors.of("rulematch");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithUpstream(JsonNode vector) {
        PolicyEvaluator evaluator = new PolicyEvaluator(PolicyTexts.specPolicy(
                "rules:\n- level: Request\n" + vector.get("Rule").textValue().indent(2)));
        RequestAttributes anonymous = RequestInfo.of(
                vector.get("Method").textValue(), vector.get("URL").textValue());
        List<String> groups =
                vector.get("Groups").valueStream().map(JsonNode::textValue).toList();
        RequestAttributes request = vector.get("NilUser").booleanValue()
                ? anonymous
                : anonymous.by(vector.get("User").textValue(), groups);

        Evaluation evaluation = evaluator.evaluate(request);

        assertThat(evaluation.rule().isPresent()).isEqualTo(vector.get("Match").booleanValue());
        assertThat(Names.of(evaluation.level())).isEqualTo(vector.get("Level").textValue());
    }

    @Test
    void coversEveryVector() {
        assertThat(vectors()).hasSize(113);
    }

    @Test
    void usesTheFirstMatchingRule() {
        PolicyEvaluator evaluator = new PolicyEvaluator(PolicyTexts.specPolicy("""
                omitStages: [RequestReceived]
                rules:
                - {level: None, verbs: [get]}
                - {level: Metadata, omitStages: [Panic]}
                - {level: Request}
                """));

        assertThat(evaluator.evaluate(RequestInfo.of("POST", "/api/v1/nodes")))
                .isEqualTo(new Evaluation(
                        OptionalInt.of(1), Level.METADATA, Set.of(Stage.REQUEST_RECEIVED, Stage.PANIC), false));
    }

    @Test
    void recordsNothingIfNoRuleMatches() {
        PolicyEvaluator evaluator = new PolicyEvaluator(PolicyTexts.specPolicy("""
                omitStages: [Panic]
                omitManagedFields: true
                rules: [{level: Metadata, verbs: [get]}]
                """));

        assertThat(evaluator.evaluate(RequestInfo.of("POST", "/api/v1/nodes")))
                .isEqualTo(new Evaluation(OptionalInt.empty(), Level.NONE, Set.of(Stage.PANIC), true));
    }

    @Test
    void letsARuleOverrideManagedFields() {
        PolicyEvaluator evaluator = new PolicyEvaluator(PolicyTexts.specPolicy("""
                omitManagedFields: true
                rules:
                - {level: Request, verbs: [update], omitManagedFields: false}
                - {level: Request}
                """));

        assertThat(evaluator.evaluate(RequestInfo.of("PUT", "/api/v1/nodes/n")).omitManagedFields())
                .isFalse();
        assertThat(evaluator.evaluate(RequestInfo.of("GET", "/api/v1/nodes/n")).omitManagedFields())
                .isTrue();
    }
}
