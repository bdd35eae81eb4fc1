package dev.auditpolicy.cli.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.cli.kubectl.Kubectl;
import dev.auditpolicy.cli.kubectl.KubectlException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The AuditPolicy and the nodes at one moment. */
record ClusterView(Optional<PolicyView> policy, List<NodeView> nodes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws KubectlException if the cluster can't be asked */
    static ClusterView read(Kubectl kubectl) {
        var answer = kubectl.run("get", "auditpolicies,auditnodes", "--output=json", "--request-timeout=10s");
        try {
            return of(JSON.readTree(answer));
        } catch (JsonProcessingException malformed) {
            throw new KubectlException(
                    "kubectl get did not print JSON, but: "
                            + answer.lines().findFirst().orElse(""),
                    malformed);
        }
    }

    private static ClusterView of(JsonNode list) {
        return new ClusterView(
                objects(list, "AuditPolicy").map(PolicyView::new).findFirst(),
                objects(list, "AuditNode")
                        .map(NodeView::new)
                        .sorted(Comparator.comparing(NodeView::name))
                        .toList());
    }

    private static Stream<JsonNode> objects(JsonNode list, String kind) {
        return StreamSupport.stream(list.path("items").spliterator(), false)
                .filter(object -> object.path("kind").asText().equals(kind));
    }

    Verdict verdict() {
        return policy.map(PolicyView::verdict).orElse(Verdict.IN_PROGRESS);
    }
}
