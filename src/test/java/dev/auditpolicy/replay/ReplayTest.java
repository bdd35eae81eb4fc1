package dev.auditpolicy.replay;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.read.EventLog;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private record Text(String content) implements EventLog {
        @Override
        public String name() {
            return "log";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Policy policy(String rules) throws Exception {
        return JSON.readValue("{\"rules\":[" + rules + "]}", Policy.class);
    }

    private static ReplayResult replay(Policy older, Policy newer, EventLog log, int threads) {
        List<Replay> replays =
                Stream.generate(() -> new Replay(older, newer)).limit(threads).toList();
        new EventReader(replays).read(List.of(log));
        replays.stream().skip(1).forEach(replays.getFirst()::add);
        return replays.getFirst().result();
    }

    private static String event(String level, String stage, String rest) {
        return "{\"level\":\"" + level + "\",\"stage\":\"" + stage
                + "\",\"requestURI\":\"/api/v1/namespaces/shop/pods\",\"verb\":\"create\",\"user\":{\"username\":\"jane\"}"
                + rest + "}";
    }

    private static long bytesThen(String rule, String event) throws Exception {
        Amount then = replay(null, policy(rule), new Text(event), 1).all().then();
        assertThat(then.minBytes()).isEqualTo(then.maxBytes());
        return then.minBytes();
    }

    @Test
    void decidesAsTheEvaluatorDoesRuleByRule() throws Exception {
        var log = new RecordedEvents();
        Policy policy = JSON.readValue(Path.of("src/bench/gce-2026.json").toFile(), Policy.class);
        var evaluator = new PolicyEvaluator(policy);
        Map<String, Long> expected = log.lines().stream()
                .map(line -> evaluator.evaluate(attributes(line)))
                .collect(groupingBy(RuleLabel::of, counting()));

        assertThat(now(replay(null, policy, log, 1), Dimension.RULE)).isEqualTo(expected);
    }

    @Test
    void recordsTheLevelsAndStagesOfThePolicy() throws Exception {
        var log = new RecordedEvents();
        Policy policy = JSON.readValue(Path.of("src/bench/gce-2026.json").toFile(), Policy.class);
        var evaluator = new PolicyEvaluator(policy);
        Map<String, Long> expected = log.lines().stream()
                .map(line -> levelThen(line, evaluator.evaluate(attributes(line))))
                .collect(groupingBy(Names::of, counting()));

        Map<String, Long> actual = replay(null, policy, log, 1).breakdown().rows(Dimension.LEVEL).stream()
                .filter(row -> row.totals().then().events() > 0)
                .collect(toMap(Breakdown.Row::value, row -> row.totals().then().events()));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void givesTheSameTotalsInSeveralThreads() throws Exception {
        Policy policy = JSON.readValue(Path.of("src/bench/gce-2026.json").toFile(), Policy.class);
        ReplayResult one = replay(null, policy, new RecordedEvents(), 1);
        ReplayResult three = replay(null, policy, new RecordedEvents(), 3);

        for (Dimension dimension : Dimension.values()) {
            assertThat(now(three, dimension)).isEqualTo(now(one, dimension));
        }
        assertThat(three.changed()).isEqualTo(one.changed());
    }

    @Test
    void findsNoChangeUnderThePolicyThatRecordedTheLog() throws Exception {
        Policy policy = JSON.readValue("""
                {"rules": [
                  {"level": "Metadata", "resources": [
                    {"group": "", "resources": ["secrets", "configmaps", "serviceaccounts/token"]},
                    {"group": "authentication.k8s.io", "resources": ["tokenreviews"]}]},
                  {"level": "Metadata", "verbs": ["get", "list", "watch"]},
                  {"level": "RequestResponse", "resources": [
                    {"group": "apps"}, {"group": "rbac.authorization.k8s.io"}, {"group": "batch"}]},
                  {"level": "Request", "resources": [
                    {"group": "", "resources": ["pods", "services", "namespaces", "nodes", "serviceaccounts"]}]},
                  {"level": "Metadata"}]}
                """, Policy.class);

        ReplayResult result = replay(null, policy, new RecordedEvents(), 1);

        assertThat(result.changed()).isZero();
        assertThat(result.all().then().minBytes()).isEqualTo(result.all().now().minBytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"level\":\"RequestResponse\"} | ,\"requestObject\":{\"a\":1},\"responseObject\":{\"b\":2} | RequestResponse",
                "{\"level\":\"Request\"} | ,\"requestObject\":{\"a\":1} | Request",
                "{\"level\":\"Metadata\"} | `` | Metadata"
            })
    void predictsTheBytesOfALowerLevel(String rule, String rest, String level) throws Exception {
        String recorded = event(
                "RequestResponse", "ResponseComplete", ",\"requestObject\":{\"a\":1},\"responseObject\":{\"b\":2}");

        assertThat(bytesThen(rule, recorded))
                .isEqualTo(event(level, "ResponseComplete", rest).length() + 1);
    }

    @Test
    void takesManagedFieldsOut() throws Exception {
        String recorded = event(
                "RequestResponse",
                "ResponseComplete",
                ",\"responseObject\":{\"metadata\":{\"name\":\"x\",\"managedFields\":[{}]}}");
        String expected =
                event("RequestResponse", "ResponseComplete", ",\"responseObject\":{\"metadata\":{\"name\":\"x\"}}");

        assertThat(bytesThen("{\"level\":\"RequestResponse\",\"omitManagedFields\":true}", recorded))
                .isEqualTo(expected.length() + 1);
    }

    @Test
    void takesPatchesOfWebhooksOutBelowRequest() throws Exception {
        String kept =
                "\"authorization.k8s.io/decision\":\"allow\",\"mutation.webhook.admission.k8s.io/round_0_index_0\":\"{}\"";
        String patch = ",\"patch.webhook.admission.k8s.io/round_0_index_0\":\"{\\\"patch\\\":[]}\"";
        String recorded = event("Request", "ResponseComplete", ",\"annotations\":{" + kept + patch + "}");
        String expected = event("Metadata", "ResponseComplete", ",\"annotations\":{" + kept + "}");

        assertThat(bytesThen("{\"level\":\"Metadata\"}", recorded)).isEqualTo(expected.length() + 1);
        assertThat(bytesThen("{\"level\":\"Request\"}", recorded)).isEqualTo(recorded.length() + 1);
    }

    @Test
    void givesARangeForABodyThatTheLogDoesNotHave() throws Exception {
        String recorded = event("Metadata", "ResponseComplete", "");

        ReplayResult result = replay(null, policy("{\"level\":\"Request\"}"), new Text(recorded), 1);

        assertThat(result.estimated()).isOne();
        Amount then = result.all().then();
        assertThat(then.minBytes()).isEqualTo(recorded.length() + 193);
        assertThat(then.maxBytes()).isEqualTo(recorded.length() + 667);
    }

    @Test
    void saysHowManyRequestReceivedEventsTheLogLacks() throws Exception {
        var log = new Text(event("Metadata", "ResponseComplete", ""));

        assertThat(replay(null, policy("{\"level\":\"Metadata\"}"), log, 1)
                        .added()
                        .events())
                .isOne();
        assertThat(replay(null, policy("{\"level\":\"Metadata\",\"omitStages\":[\"RequestReceived\"]}"), log, 1)
                        .added()
                        .events())
                .isZero();
    }

    @Test
    void comparesTwoPolicies() throws Exception {
        var log = new Text(event("RequestResponse", "ResponseComplete", ",\"responseObject\":{\"b\":2}"));

        ReplayResult result = replay(policy("{\"level\":\"Metadata\"}"), policy("{\"level\":\"None\"}"), log, 1);

        assertThat(result.all().now().events()).isOne();
        assertThat(result.all().now().maxBytes())
                .isEqualTo(event("Metadata", "ResponseComplete", "").length() + 1);
        assertThat(result.all().then().events()).isZero();
        assertThat(now(result, Dimension.CHANGE)).containsOnlyKeys("Metadata becomes None");
    }

    private static Map<String, Long> now(ReplayResult result, Dimension dimension) {
        return result.breakdown().rows(dimension).stream()
                .collect(toMap(Breakdown.Row::value, row -> row.totals().now().events()));
    }

    private static Level levelThen(String line, Evaluation evaluation) {
        Stage stage = JSON.convertValue(tree(line).path("stage"), Stage.class);
        return evaluation.omitStages().contains(stage) ? Level.NONE : evaluation.level();
    }

    private static RequestAttributes attributes(String line) {
        JsonNode event = tree(line);
        JsonNode user = event.path("user");
        return dev.auditpolicy.replay.request.ReferenceRequest.of(
                        event.path("verb").asText(), event.path("requestURI").asText())
                .by(
                        user.has("username") ? user.path("username").asText() : null,
                        StreamSupport.stream(user.path("groups").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
