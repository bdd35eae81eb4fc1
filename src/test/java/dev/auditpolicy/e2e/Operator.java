package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operator as a user has it: installed with kubectl, told what to do and asked with kubectl. */
final class Operator {

    private static final String NAMESPACE = "auditpolicy-system";
    private static final String LONG = "--timeout=600s";

    private final Lab lab;

    private Operator(Lab lab) {
        this.lab = lab;
    }

    static Operator install(Lab lab) {
        lab.importImage(Path.of(System.getProperty("auditpolicy.image.tar")));
        lab.kubectl("apply", "-k", "deploy/base");
        var operator = new Operator(lab);
        operator.awaitRunning();
        return operator;
    }

    void awaitRunning() {
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/controller", LONG);
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "daemonset/agent", LONG);
    }

    void restart() {
        lab.kubectl("-n", NAMESPACE, "rollout", "restart", "deployment/controller", "daemonset/agent");
        awaitRunning();
    }

    void scaleController(int replicas) {
        await("on one node the API server may be away for a moment")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> {
                    lab.kubectl("-n", NAMESPACE, "scale", "deployment/controller", "--replicas=" + replicas);
                    lab.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/controller", "--timeout=60s");
                });
        await("a controller that is told to end still writes for a while")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .until(() -> controllers() == replicas);
    }

    private long controllers() {
        return lab.kubectl("-n", NAMESPACE, "get", "pods", "-l", "app.kubernetes.io/component=controller", "-o", "name")
                .lines()
                .count();
    }

    /** Writes fields of an AuditNode's spec as the controller, which alone may. */
    void replaceSpecOf(String auditNode, Map<String, String> fields) throws IOException {
        var json = new ObjectMapper();
        var object = json.readTree(lab.kubectl("get", "auditnode/" + auditNode, "-o", "json"));
        fields.forEach(((ObjectNode) object.get("spec"))::put);
        lab.kubectlWithInput(
                json.writeValueAsString(object),
                "replace",
                "--as=system:serviceaccount:" + NAMESPACE + ":controller",
                "-f",
                "-");
    }

    /** As docs/runbook.md has a user do it. */
    void putCommandOn(String node) throws IOException {
        lab.execWithInput(
                node,
                Files.readString(Path.of("deploy/node/auditpolicy")),
                "sh",
                "-c",
                "cat > /usr/local/bin/auditpolicy && chmod +x /usr/local/bin/auditpolicy");
    }

    void apply(String auditPolicy) {
        lab.kubectlWithInput(auditPolicy, "apply", "-f", "-");
    }

    /** What the README tells a user to wait for. */
    void awaitReady() {
        awaitCondition("Ready");
    }

    void awaitCondition(String condition) {
        lab.kubectl("wait", "--for=condition=" + condition, "auditpolicy/cluster", LONG);
    }

    /** kubectl wait ends with an error when the only API server goes away under it; a user calls it again. */
    void awaitReadyAcrossRestarts() {
        await().atMost(Duration.ofMinutes(6))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .untilAsserted(() -> {
                    awaitReady();
                    assertThat(field("auditpolicy/cluster", ".status.observedGeneration"))
                            .isEqualTo(field("auditpolicy/cluster", ".metadata.generation"));
                });
    }

    String field(String object, String jsonPath) {
        return lab.kubectl("get", object, "-o", "jsonpath={" + jsonPath + "}");
    }

    String message(String condition) {
        return field("auditpolicy/cluster", ".status.conditions[?(@.type==\"" + condition + "\")].message");
    }

    /** Identity of the node's kube-apiserver process: pid and start time. */
    String apiServer(String node) {
        return lab.exec(
                node,
                "sh",
                "-c",
                "for pid in $(pgrep -x kube-apiserver); do echo $pid; cut -d' ' -f22 /proc/$pid/stat; done");
    }

    List<String> apiServers() {
        return lab.nodes().stream().map(this::apiServer).toList();
    }

    /** Every file below /etc/kubernetes of the node with its hash, mode and owner, except what this operator owns. */
    String otherFiles(String node) {
        return lab.exec(
                node,
                "sh",
                "-c",
                "cd /etc/kubernetes && find . -type f ! -name audit-policy.yaml ! -name kube-apiserver.yaml"
                        + " -exec sha256sum {} + -exec stat -c '%n %a %u %g' {} + | sort");
    }

    /** Resident memory of the controller and of each agent in kB, by role. */
    Stream<String> memory() {
        return lab.nodes().stream().flatMap(node -> lab.exec(
                        node,
                        "sh",
                        "-c",
                        "for pid in $(pgrep -x java); do"
                                + " echo $(tr '\\0' ' ' < /proc/$pid/cmdline | sed 's/.* \\([a-z]*\\) $/\\1/')"
                                + " $(sed -n 's/VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$pid/status); done")
                .lines()
                .map(line -> node + " " + line));
    }
}
