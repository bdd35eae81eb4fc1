package dev.auditpolicy.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The pods of the controller and the agents. */
final class OperatorPods {

    static final String NAMESPACE = "auditpolicy-system";

    /**
     * Measured: 15 s on one node, 30 s on three. But kube-controller-manager, which makes the pods, ends with the kube-apiserver of a
     * single node, and kubelet delays its next start by up to 5 minutes after restarts in a row.
     */
    private static final Duration START_LIMIT = Duration.ofMinutes(6);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CANNOT_START = Set.of(
            "CreateContainerConfigError", "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "RunContainerError");

    /** Exit codes that are no crash: success, SIGKILL and SIGTERM. */
    private static final Set<Integer> STOPPED = Set.of(0, 137, 143);

    private static final int RESTARTS_OF_A_CRASH_LOOP = 2;
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);

    private final Lab lab;

    OperatorPods(Lab lab) {
        this.lab = lab;
    }

    /**
     * A wait that tolerates an API server that is restarting, and ends at once when the operator's pods crash-loop.
     *
     * @param what completes "not within LIMIT"
     */
    ConditionFactory await(String what, Duration limit) {
        var nextCheck = new long[] {System.nanoTime() + BETWEEN_CHECKS.toNanos()};
        return Awaitility.await(what)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(LabException.class::isInstance)
                .failFast("the operator's pods crash", () -> {
                    if (System.nanoTime() - nextCheck[0] > 0) {
                        requireNoCrashLoop();
                        nextCheck[0] = System.nanoTime() + BETWEEN_CHECKS.toNanos();
                    }
                });
    }

    void awaitRunning() {
        await("controller and agents are ready", START_LIMIT).until(() -> {
            for (var workload : List.of("deployment/controller", "daemonset/agent")) {
                lab.kubectl("-n", NAMESPACE, "rollout", "status", workload, "--timeout=5s");
            }
            return true;
        });
    }

    void restart() {
        lab.kubectl("-n", NAMESPACE, "rollout", "restart", "deployment/controller", "daemonset/agent");
        awaitRunning();
    }

    /** Returns when no other controller is left: one that is stopping still writes. */
    void scaleController(int replicas) {
        await("the controller has " + replicas + " replicas", START_LIMIT).until(() -> {
            lab.kubectl("-n", NAMESPACE, "scale", "deployment/controller", "--replicas=" + replicas);
            lab.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/controller", "--timeout=30s");
            return controllers().count() == replicas;
        });
    }

    /** The nodes that controllers run on. */
    Stream<String> controllers() {
        return lab.kubectl(
                        "-n",
                        NAMESPACE,
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/component=controller",
                        "-o",
                        "jsonpath={range .items[*]}{.spec.nodeName}{\"\\n\"}{end}")
                .lines();
    }

    /** Resident memory in kB of the controller and of each agent, by node and role. */
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

    void deleteAgent(String node) {
        lab.kubectl(
                "-n",
                NAMESPACE,
                "delete",
                "pod",
                "-l",
                "app.kubernetes.io/component=agent",
                "--field-selector",
                "spec.nodeName=" + node);
    }

    void requireNoCrashLoop() {
        var crashes = crashLoops();
        if (!crashes.isEmpty()) {
            throw new ClusterUnusableException("the operator's pods do not run: " + String.join("; ", crashes));
        }
    }

    /** Containers that fail again and again, each with its reason; empty where no API server answers. */
    private List<String> crashLoops() {
        try {
            var pods = JSON.readTree(lab.kubectl("-n", NAMESPACE, "get", "pods", "-o", "json", "--request-timeout=5s"));
            return elements(pods.path("items"))
                    .flatMap(pod -> elements(pod.at("/status/containerStatuses"))
                            .filter(OperatorPods::fails)
                            .map(container -> "%s: %s restarts, %s, exit code %s"
                                    .formatted(
                                            pod.at("/metadata/name").asText(),
                                            container.path("restartCount"),
                                            container
                                                    .at("/state/waiting/reason")
                                                    .asText("not ready"),
                                            exitCode(container))))
                    .toList();
        } catch (LabException noApiServer) {
            return List.of();
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean fails(JsonNode container) {
        var crashes = !container.path("ready").asBoolean()
                && container.path("restartCount").asInt() >= RESTARTS_OF_A_CRASH_LOOP
                && !STOPPED.contains(exitCode(container));
        return crashes
                || CANNOT_START.contains(container.at("/state/waiting/reason").asText());
    }

    /** Of the last process that has ended; 0 if none has. */
    private static int exitCode(JsonNode container) {
        var terminated = container.at("/state/terminated");
        return (terminated.isMissingNode() ? container.at("/lastState/terminated") : terminated)
                .path("exitCode")
                .asInt();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
