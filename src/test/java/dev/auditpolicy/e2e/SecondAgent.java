package dev.auditpolicy.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** A second agent on the node, as a DaemonSet makes one when the API server does not know that the first still runs. */
final class SecondAgent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "auditpolicy-system";
    private static final String NAME = "second-agent";

    private SecondAgent() {}

    /** Without the DaemonSet's labels: it would adopt the pod and delete it. */
    static void start(FaultSite site) {
        try {
            var daemonSet = JSON.readTree(site.lab().kubectl("-n", NAMESPACE, "get", "daemonset/agent", "-o", "json"));
            var spec = (ObjectNode) daemonSet.at("/spec/template/spec");
            var pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
            pod.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
            pod.set("spec", spec.put("nodeName", site.node()));
            site.lab().kubectlWithInput(pod.toString(), "apply", "-f", "-");
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
        site.lab().kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/" + NAME, "--timeout=120s");
    }

    static void stop(FaultSite site) {
        site.lab().kubectl("-n", NAMESPACE, "delete", "pod/" + NAME);
    }
}
