package dev.auditpolicy.agent.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.host.program.ProgramCommand;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The static pod of the guard: the privileges of the agent's pod on this node, in the image of kube-apiserver.
 *
 * <p>The image is not the agent's: from 1.35 (KubeletEnsureSecretPulledImages), kubelet refuses an image that was pulled with a
 * pull secret to a pod without that secret, and static pods cannot have any. Whatever lets kubelet restart kube-apiserver lets it
 * start the guard. The program is the copy on the node's disk.
 *
 * @param agent the Pod of the agent
 * @param hostAddress IP address of the node
 * @param certificateAuthority PEM with which the agent trusts the API server
 */
public record GuardPod(JsonNode agent, String hostAddress, String certificateAuthority) {

    static final String NAME = "auditpolicy-guard";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * Same privileges and directories as the agent. A static pod cannot have a service account, so the guard has no token. The
     * turn ID makes each pod different: the UID of a static pod is a hash of its manifest, and kubelet does not restart a pod that
     * has succeeded.
     *
     * @param image of kube-apiserver on this node
     */
    String manifest(String turnID, String image, ProgramCommand program) {
        var pod = JSON.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        var metadata = pod.putObject("metadata")
                .put("name", NAME)
                .put("namespace", agent.at("/metadata/namespace").asText());
        metadata.putObject("labels")
                .put("app.kubernetes.io/name", "auditpolicy-operator")
                .put("app.kubernetes.io/component", "guard");
        metadata.putObject("annotations").put("auditpolicy.dev/turn", turnID);

        var volumes = select(spec().path("volumes"), volume -> volume.has("hostPath") || volume.has("emptyDir"));
        var spec = pod.putObject("spec")
                .put("hostNetwork", true)
                .put("hostPID", true)
                .put("enableServiceLinks", false)
                .put("restartPolicy", "OnFailure")
                .put("terminationGracePeriodSeconds", 5);
        copy(List.of("priorityClassName", "securityContext"), spec(), spec);
        spec.set("volumes", volumes);
        spec.putArray("containers").add(guard(names(volumes), image, program));
        return Serialization.asYaml(pod);
    }

    private ObjectNode guard(Set<String> volumes, String image, ProgramCommand program) {
        var guard = JSON.objectNode()
                .put("name", "guard")
                .put("image", image)
                // kubeadm's default for kube-apiserver. The image is in use, so it is on the node.
                .put("imagePullPolicy", "IfNotPresent");
        copy(List.of("resources", "securityContext"), container(), guard);
        program.command().forEach(guard.putArray("command")::add);
        guard.putArray("args").add("guard");
        guard.set("volumeMounts", select(container().path("volumeMounts"), mount -> volumes.contains(name(mount))));
        var environment = select(container().path("env"), variable -> !variable.has("valueFrom"));
        new TreeMap<>(program.environment())
                .forEach((name, value) ->
                        environment.addObject().put("name", name).put("value", value));
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

    private static ArrayNode select(JsonNode list, Predicate<JsonNode> filter) {
        return list.valueStream().filter(filter).collect(JSON::arrayNode, ArrayNode::add, ArrayNode::addAll);
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(GuardPod::name).collect(Collectors.toSet());
    }

    private static String name(JsonNode named) {
        return named.path("name").asText();
    }
}
