package dev.auditpolicy.policy.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.PolicyTexts;
import dev.auditpolicy.policy.Vectors;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompiledPolicyTest {

    private static final CompiledPolicy LONG = compile(IntStream.range(0, 3000)
            .mapToObj("- {level: Metadata, namespaces: [n%d]}\n"::formatted)
            .collect(Collectors.joining("", "rules:\n", "")));

    static Stream<JsonNode> vectors() {
        return Vectors.of("rulematch");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithUpstream(JsonNode vector) {
        CompiledPolicy policy = compile(
                "rules:\n- level: Request\n" + vector.get("Rule").textValue().indent(2));
        RequestAttributes anonymous = RequestInfo.of(
                vector.get("Method").textValue(), vector.get("URL").textValue());
        List<String> groups =
                vector.get("Groups").valueStream().map(JsonNode::textValue).toList();
        RequestAttributes request = vector.get("NilUser").booleanValue()
                ? anonymous
                : anonymous.by(vector.get("User").textValue(), groups);

        Evaluation evaluation = policy.evaluate(request);

        assertThat(evaluation.rule().isPresent()).isEqualTo(vector.get("Match").booleanValue());
        assertThat(Names.of(evaluation.level())).isEqualTo(vector.get("Level").textValue());
    }

    @Test
    void coversEveryVector() {
        assertThat(vectors()).hasSize(113);
    }

    @Test
    void allocatesNothing() {
        CompiledPolicy policy = compile("""
                rules:
                - {level: None, userGroups: [a, b], verbs: [get], resources: [{group: "", resources: [pods/log, "*/x"]}]}
                - {level: Metadata, users: [u], namespaces: [n], resources: [{group: "", resources: ["nodes/*"]}]}
                - {level: Metadata, nonResourceURLs: [/healthz*, /version]}
                """);
        List<RequestAttributes> requests = Stream.of(
                        "/api/v1/namespaces/n/pods/p/log", "/api/v1/namespaces/n/nodes/m", "/healthz/a")
                .map(url -> RequestInfo.of("GET", url).by("u", List.of("x", "b")))
                .toList();
        assertThat(recorded(policy, requests)).isEqualTo(2);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

        long before = threads.getCurrentThreadAllocatedBytes();
        recorded(policy, requests);
        long after = threads.getCurrentThreadAllocatedBytes();

        assertThat(after - before).isZero();
    }

    /** Without an iterator, which would be allocated and counted. */
    private static int recorded(CompiledPolicy policy, List<RequestAttributes> requests) {
        int count = 0;
        for (int index = 0; index < requests.size(); index++) {
            count += policy.evaluate(requests.get(index)).level() == Level.NONE ? 0 : 1;
        }
        return count;
    }

    @Test
    void addsTheStagesOfThePolicyToThoseOfTheRule() {
        CompiledPolicy policy = compile("""
                omitStages: [RequestReceived]
                omitManagedFields: true
                rules:
                - {level: None, verbs: [get]}
                - {level: Metadata, omitStages: [Panic], verbs: [create]}
                """);

        assertThat(policy.evaluate(RequestInfo.of("POST", "/api/v1/nodes")))
                .isEqualTo(new Evaluation(
                        OptionalInt.of(1), Level.METADATA, Set.of(Stage.REQUEST_RECEIVED, Stage.PANIC), true));
        assertThat(policy.evaluate(RequestInfo.of("PUT", "/api/v1/nodes/n")))
                .isEqualTo(new Evaluation(OptionalInt.empty(), Level.NONE, Set.of(Stage.REQUEST_RECEIVED), true));
    }

    /** 63, 64 and 65: the edges of a word. 1023, 1024 and 1025: those of a table. */
    @ParameterizedTest
    @CsvSource({"0", "1", "62", "63", "64", "127", "511", "1022", "1023", "1024", "2047", "2048", "2999"})
    void findsARuleAnywhereInALongPolicy(int rule) {
        assertThat(LONG.evaluate(RequestInfo.of("GET", "/api/v1/namespaces/n" + rule + "/pods"))
                        .rule())
                .hasValue(rule);
        assertThat(LONG.evaluate(RequestInfo.of("GET", "/api/v1/namespaces/n3000/pods"))
                        .rule())
                .isEmpty();
    }

    @Test
    void doesNotMixTheEntriesOfARule() {
        CompiledPolicy policy = compile("""
                rules:
                - level: Metadata
                  resources:
                  - {group: "", resources: [pods], resourceNames: [a]}
                  - {group: apps, resources: [deployments]}
                """);

        assertThat(policy.evaluate(RequestInfo.of("GET", "/apis/apps/v1/namespaces/n/pods/a"))
                        .rule())
                .isEmpty();
        assertThat(policy.evaluate(RequestInfo.of("GET", "/api/v1/namespaces/n/pods/b"))
                        .rule())
                .isEmpty();
        assertThat(policy.evaluate(RequestInfo.of("GET", "/apis/apps/v1/namespaces/n/deployments/b"))
                        .rule())
                .hasValue(0);
    }

    private static CompiledPolicy compile(String yaml) {
        return new CompiledPolicy(PolicyTexts.specPolicy(yaml));
    }
}
