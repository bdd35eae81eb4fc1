package dev.auditpolicy.agent.guard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The guard's static pod: the agent's own pod as it is on this node, without what comes from an API server.
 *
 * @param agent the Pod that the agent runs in
 * @param hostAddress as the agent's
 * @param certificateAuthority PEM, by which the agent knows the API server
 */
public record GuardPod(JsonNode agent, String hostAddress, String certificateAuthority) {

    static final String NAME = "auditpolicy-guard";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public GuardPod {
        requireNonNull(agent, "agent is null");
        requireNonNull(hostAddress, "hostAddress is null");
        requireNonNull(certificateAuthority, "certificateAuthority is null");
    }

    String image() {
        return container().path("image").asText();
    }

    /**
     * Same image, privileges and directories. The image is never pulled: what the node cannot start without a registry
     * would be no guard. A static pod may have no service account, so the guard has no token either. The turn makes it
     * another pod each time: the UID of a static pod is a hash of its manifest, and a pod that has ended well is never
     * started again.
     */
    String manifest(String turn) {
        var pod = JSON.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        var metadata = pod.putObject("metadata")
                .put("name", NAME)
                .put("namespace", agent.at("/metadata/namespace").asText());
        metadata.putObject("labels")
                .put("app.kubernetes.io/name", "auditpolicy-operator")
                .put("app.kubernetes.io/component", "guard");
        metadata.putObject("annotations").put("auditpolicy.dev/turn", turn);

        var volumes = those(spec().path("volumes"), volume -> volume.has("hostPath") || volume.has("emptyDir"));
        var wanted = pod.putObject("spec")
                .put("hostNetwork", true)
                .put("hostPID", true)
                .put("enableServiceLinks", false)
                .put("restartPolicy", "OnFailure")
                .put("terminationGracePeriodSeconds", 5);
        copy(List.of("priorityClassName", "securityContext"), spec(), wanted);
        wanted.set("volumes", volumes);
        wanted.putArray("containers").add(guard(names(volumes)));
        return Serialization.asYaml(pod);
    }

    private ObjectNode guard(Set<String> volumes) {
        var guard = JSON.objectNode().put("name", "guard").put("imagePullPolicy", "Never");
        copy(List.of("image", "resources", "securityContext"), container(), guard);
        guard.putArray("args").add("guard");
        guard.set("volumeMounts", those(container().path("volumeMounts"), mount -> volumes.contains(name(mount))));
        var environment = those(container().path("env"), variable -> !variable.has("valueFrom"));
        environment.addObject().put("name", "HOST_IP").put("value", hostAddress);
        environment.addObject().put("name", "CERTIFICATE_AUTHORITY").put("value", certificateAuthority);
        guard.set("env", environment);
        return guard;
    }

    private JsonNode spec() {
        return agent.path("spec");
    }

    private JsonNode container() {
        return spec().path("containers").path(0);
    }

    private static void copy(List<String> fields, JsonNode from, ObjectNode to) {
        fields.stream().filter(from::has).forEach(field -> to.set(field, from.get(field)));
    }

    private static ArrayNode those(JsonNode list, Predicate<JsonNode> wanted) {
        return list.valueStream().filter(wanted).collect(JSON::arrayNode, ArrayNode::add, ArrayNode::addAll);
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(GuardPod::name).collect(Collectors.toSet());
    }

    private static String name(JsonNode named) {
        return named.path("name").asText();
    }
}
