package dev.auditpolicy.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy evaluator and a real kube-apiserver agree on level and stages of each event. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class TruthE2E {

    private static final String NODE = "cp1";

    /** A directory of its own: other tests write events in other formats. */
    private static final String LOG_DIRECTORY = "/var/log/kubernetes/truth";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Operator operator;
    private final Lab lab;

    TruthE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    /** A request, and what the evaluator predicts for it. */
    private record Sent(String auditId, String what, Level level, Set<Stage> stages) {}

    @ParameterizedTest
    @ValueSource(strings = {"gce-2026.yaml", "falco-plugins-k8saudit.yaml"})
    void predictsLevelAndStagesOfEachEvent(String policy) throws Exception {
        assertPredicted(policy);
    }

    @Tag("rare")
    @ParameterizedTest
    @ValueSource(strings = {"scaleway-gists.yaml", "intel-edge-manageability-k8s-docs-example.yaml"})
    void predictsLevelAndStagesOfEachEventOfOtherPolicies(String policy) throws Exception {
        assertPredicted(policy);
    }

    private void assertPredicted(String name) throws Exception {
        var auditPolicy = Imported.fromCorpus(name, LOG_DIRECTORY + "/audit.log");
        operator.apply(auditPolicy);
        operator.awaitReady();
        var policy =
                new PolicyEvaluator(JSON.treeToValue(YAML.readTree(auditPolicy).at("/spec/policy"), Policy.class));

        var callers = Caller.all(lab);
        var sent = new ArrayList<Sent>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/e2e/requests.txt"))) {
            var method = line.split(" ", 2)[0];
            var url = line.split(" ", 2)[1];
            for (var caller : callers) {
                sent.add(send(policy, caller, method, url));
            }
        }

        operator.await("the log has the predicted events", Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(differences(sent, events())).isEmpty());
        System.out.println(name + ": " + sent.size() + " requests, all recorded as predicted");
    }

    private Sent send(PolicyEvaluator policy, Caller caller, String method, String url) {
        var request = RequestInfo.of(method, url).by(caller.user(), caller.groups());
        var evaluation = policy.evaluate(request);
        var stages = stages(request, caller);
        stages.removeAll(evaluation.omitStages());
        return new Sent(
                caller.send(lab.apiAddress(NODE), method, url),
                caller.name() + " " + method + " " + url,
                evaluation.level(),
                evaluation.level() == Level.NONE ? Set.of() : stages);
    }

    /** Failed authentication is one event; a long-running request has one more, when its headers are sent. */
    private static Set<Stage> stages(RequestAttributes request, Caller caller) {
        if (caller.user() == null) {
            return EnumSet.of(Stage.RESPONSE_STARTED);
        }
        var stages = EnumSet.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE);
        if (request.isLongRunning()) {
            stages.add(Stage.RESPONSE_STARTED);
        }
        return stages;
    }

    private static List<String> differences(List<Sent> sent, Map<String, List<String>> events) {
        return sent.stream()
                .filter(request -> !expected(request).equals(recorded(events.get(request.auditId()))))
                .map(request -> request.what() + ": predicted " + expected(request) + ", recorded "
                        + recorded(events.get(request.auditId())))
                .toList();
    }

    private static String expected(Sent sent) {
        return sent.stages().stream()
                .map(stage ->
                        JSON.convertValue(sent.level(), String.class) + "/" + JSON.convertValue(stage, String.class))
                .sorted()
                .collect(joining(" "));
    }

    private static String recorded(List<String> events) {
        return events == null ? "" : events.stream().sorted().collect(joining(" "));
    }

    private Map<String, List<String>> events() throws IOException {
        var events = new ArrayList<Map.Entry<String, String>>();
        for (var line :
                lab.exec(NODE, "sh", "-c", "cat " + LOG_DIRECTORY + "/*.log").split("\n")) {
            var event = JSON.readTree(line);
            events.add(Map.entry(
                    event.path("auditID").asText(),
                    event.path("level").asText() + "/" + event.path("stage").asText()));
        }
        return events.stream()
                .collect(groupingBy(Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, toList())));
    }
}
