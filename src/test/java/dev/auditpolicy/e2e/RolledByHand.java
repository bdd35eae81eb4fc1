package dev.auditpolicy.e2e;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;

/**
 * A rollout by hand, as the Kubernetes documentation describes it: on each node in turn edit the policy and the manifest,
 * and continue when the new mirror pod is Ready.
 */
final class RolledByHand {

    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

    private final Lab lab;

    RolledByHand(Lab lab) {
        this.lab = lab;
    }

    /** @param mark different for each rollout */
    void roll(int mark) {
        for (var node : lab.nodes()) {
            var before = mirror(node, HASH);
            lab.exec(node, "sh", "-c", "echo '# edited by hand " + mark + "' >> " + POLICY);
            lab.exec(
                    node,
                    "sh",
                    "-c",
                    "text=$(sed -e '/by-hand/d' -e 's/^  annotations:$/&\\n    by-hand: \"" + mark + "\"/' " + MANIFEST
                            + ") && printf '%s\\n' \"$text\" > " + MANIFEST);
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsMatching(LabException.class::isInstance)
                    .until(() -> !mirror(node, HASH).equals(before)
                            && mirror(node, READY).equals("True"));
        }
    }

    private static final String HASH = "{.metadata.annotations.kubernetes\\.io/config\\.mirror}";
    private static final String READY = "{.status.conditions[?(@.type==\"Ready\")].status}";

    private String mirror(String node, String jsonPath) {
        return lab.kubectl(
                "-n",
                "kube-system",
                "get",
                "pod",
                "kube-apiserver-" + node,
                "--ignore-not-found",
                "-o",
                "jsonpath=" + jsonPath);
    }
}
