package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;

/** The operator as a user runs it: installed, configured and observed with kubectl. */
final class Operator {

    static final String BASE = "deploy/base";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUDIT_POLICY = "auditpolicy/cluster";

    /** Measured: 15 to 30 s for one node, and kubelet waits up to 10 s more before it makes a new pod. */
    private static final Duration LIMIT_PER_NODE = Duration.ofSeconds(90);

    private final Lab lab;
    private final OperatorPods pods;
    private String applied = AuditPolicies.secrets();
    private String effective = applied;

    private Operator(Lab lab) {
        this.lab = lab;
        this.pods = new OperatorPods(lab);
    }

    static Operator install(Lab lab) {
        return install(lab, BASE);
    }

    /** @param overlay directory with a kustomization, whose image is the one of the build */
    static Operator install(Lab lab, String overlay) {
        lab.importImage(Path.of(System.getProperty("auditpolicy.image.tar")));
        return installed(lab, overlay);
    }

    /** @param overlay directory with a kustomization, whose image the nodes can get */
    static Operator installed(Lab lab, String overlay) {
        lab.kubectl("apply", "-k", overlay);
        var operator = new Operator(lab);
        operator.pods.awaitRunning();
        return operator;
    }

    /** One that somebody else installs. */
    static Operator of(Lab lab) {
        return new Operator(lab);
    }

    Lab lab() {
        return lab;
    }

    OperatorPods pods() {
        return pods;
    }

    /**
     * Makes sure that a policy is effective on every node, whichever it is. Applies one only if none is: the last that was
     * effective, which restarts nothing where a later one was rejected.
     */
    void givenEffective() {
        given("an AuditPolicy is effective", () -> {
            awaitApiServers();
            if (!isReady()) {
                apply(effective);
                awaitReady();
            }
        });
    }

    /** Makes sure that this policy is effective on every node; does nothing if it is already. */
    void givenEffective(String auditPolicy) {
        given("the AuditPolicy of this test is effective", () -> {
            awaitApiServers();
            apply(auditPolicy);
            awaitReady();
        });
    }

    /** Runs what a test needs before it begins; where that fails, later tests of the class are aborted. */
    static void given(String what, Runnable preparation) {
        try {
            preparation.run();
        } catch (RuntimeException | AssertionError failure) {
            throw new ClusterUnusableException("cannot be prepared: " + what + ": " + failure.getMessage(), failure);
        }
    }

    void apply(String auditPolicy) {
        lab.kubectlWithInput(auditPolicy, "apply", "-f", "-");
        applied = auditPolicy;
    }

    /** Waits until the AuditPolicy is Ready; fails at once when this generation cannot become Ready. */
    void awaitReady() {
        await("the AuditPolicy is Ready", rolloutLimit()).untilAsserted(() -> {
            var policy = auditPolicy();
            if (policy.hasFailed()) {
                throw new IllegalStateException("the AuditPolicy cannot become Ready: " + policy);
            }
            assertThat(policy).matches(observed -> observed.is("Ready"), "is Ready");
        });
        effective = applied;
    }

    void awaitStalled() {
        await("the AuditPolicy is Stalled", rolloutLimit()).untilAsserted(() -> {
            assertThat(auditPolicy()).matches(policy -> policy.is("Stalled"), "is Stalled");
        });
    }

    /** Waits as the README has a user do it. */
    void kubectlWaitForReady() {
        lab.kubectl(
                "wait",
                "--for=condition=Ready",
                AUDIT_POLICY,
                "--timeout=" + rolloutLimit().toSeconds() + "s");
        effective = applied;
    }

    private void awaitApiServers() {
        await("every kube-apiserver is ready", rolloutLimit())
                .until(() -> lab.nodes().stream().allMatch(lab::isReady));
    }

    /** As {@link OperatorPods#await}. */
    ConditionFactory await(String what, Duration limit) {
        return pods.await(what, limit);
    }

    /** How long a rollout over all nodes may take. */
    Duration rolloutLimit() {
        return LIMIT_PER_NODE.multipliedBy(lab.nodes().size());
    }

    ObservedPolicy auditPolicy() {
        return new ObservedPolicy(parse(lab.kubectl("get", AUDIT_POLICY, "-o", "json", "--request-timeout=5s")));
    }

    /** The AuditPolicy that is there with another rollout, which changes no revision. */
    String presentPolicy(Map<String, Integer> rollout) {
        var present = auditPolicy().json();
        var policy = JSON.createObjectNode();
        policy.set("apiVersion", present.get("apiVersion"));
        policy.set("kind", present.get("kind"));
        policy.putObject("metadata").set("name", present.at("/metadata/name"));
        policy.set("spec", present.get("spec"));
        rollout.forEach(((ObjectNode) policy.at("/spec/rollout"))::put);
        return policy.toString();
    }

    /** Whether there is an AuditPolicy and it is Ready. */
    boolean isReady() {
        var found = lab.kubectl("get", AUDIT_POLICY, "--ignore-not-found", "-o", "json");
        return !found.isEmpty() && new ObservedPolicy(parse(found)).is("Ready");
    }

    String message(String condition) {
        return auditPolicy().message(condition);
    }

    String field(String object, String jsonPath) {
        return lab.kubectl("get", object, "-o", "jsonpath={" + jsonPath + "}");
    }

    /** Messages of the Events with this reason. They stay, while a phase can pass before anybody reads it. */
    String eventMessages(String reason) {
        return lab.kubectl(
                "-n",
                "default",
                "get",
                "events",
                "--field-selector=reason=" + reason,
                "-o",
                "jsonpath={.items[*].message}");
    }

    /** Writes fields of an AuditNode's spec as the controller, which alone may. A replacement conflicts with any write since its read. */
    void replaceSpecOf(String auditNode, Map<String, String> fields) {
        await("the spec of the AuditNode is replaced", Duration.ofSeconds(30)).until(() -> {
            var object = parse(lab.kubectl("get", "auditnode/" + auditNode, "-o", "json"));
            fields.forEach(((ObjectNode) object.get("spec"))::put);
            lab.kubectlWithInput(
                    object.toString(),
                    "replace",
                    "--as=system:serviceaccount:" + OperatorPods.NAMESPACE + ":controller",
                    "-f",
                    "-");
            return true;
        });
    }

    /** As docs/runbook.md has a user do it. */
    void installCommandOn(String node) {
        lab.execWithInput(
                node,
                read(Path.of("deploy/node/auditpolicy")),
                "sh",
                "-c",
                "cat > /usr/local/bin/auditpolicy && chmod +x /usr/local/bin/auditpolicy");
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

    /** Every file below /etc/kubernetes of the node with its hash, mode and owner, except those that the operator changes. */
    String otherFiles(String node) {
        return lab.exec(
                node,
                "sh",
                "-c",
                "cd /etc/kubernetes && find . -type f ! -name audit-policy.yaml ! -name kube-apiserver.yaml"
                        + " -exec sha256sum {} + -exec stat -c '%n %a %u %g' {} + | sort");
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
