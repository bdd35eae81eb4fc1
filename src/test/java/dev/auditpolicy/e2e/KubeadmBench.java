package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What kubeadm does to three nodes under a policy, an upgrade to the next minor version included. Run by "make bench-kubeadm", which
 * prints the table of docs/design/kubeadm.md.
 */
@TestMethodOrder(OrderAnnotation.class)
class KubeadmBench {

    private static final String OLD_VERSION = System.getProperty("kubeadm.from", "1.35.4");
    private static final String NEW_VERSION = System.getProperty("kubeadm.to", "1.36.3");

    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String IGNORE_PREFLIGHT = " --ignore-preflight-errors=all";

    private static final List<KubeadmRun> runs = new ArrayList<>();
    private static Lab lab;
    private static Operator operator;

    @TempDir
    Path directory;

    @BeforeAll
    static void installOperatorAndPolicy() {
        lab = Lab.startAnew(3, OLD_VERSION);
        operator = Operator.install(lab);
        operator.apply(AuditPolicies.secrets("kubeadm"));
        operator.awaitReady();
    }

    @AfterAll
    static void print() {
        System.out.println(KubeadmRun.HEADER);
        runs.forEach(System.out::println);
    }

    @Test
    @Order(1)
    void renewsCertificates() {
        var renewed = run("certs renew all", "cp1", () -> lab.exec("cp1", "kubeadm", "certs", "renew", "all"));
        assertThat(renewed.starts()).isZero();

        // As the Kubernetes documentation has a user restart a static pod, so that it loads them.
        var restarted = run("certs renew all, then the manifest away for 20 s", "cp1", () -> {
            var before = operator.apiServer("cp1");
            lab.exec(
                    "cp1",
                    "sh",
                    "-c",
                    "mv " + MANIFEST + " /root/ && sleep 20 && mv /root/kube-apiserver.yaml " + MANIFEST);
            awaitAnother("cp1", before);
        });
        assertThat(restarted.unaudited()).isZero();
    }

    @Test
    @Order(2)
    void writesTheManifestAgain() {
        lab.exec(
                "cp2",
                "sh",
                "-c",
                "kubectl -n kube-system get configmap kubeadm-config -o jsonpath='{.data.ClusterConfiguration}'"
                        + " > /run/kubeadm.yaml");
        var run = run("init phase control-plane apiserver", "cp2", () -> {
            var before = operator.apiServer("cp2");
            lab.exec("cp2", "kubeadm", "init", "phase", "control-plane", "apiserver", "--config", "/run/kubeadm.yaml");
            awaitAnother("cp2", before);
        });
        assertAuditedWithOneStart(run);
    }

    @Test
    @Order(3)
    void resetsAndJoins() throws IOException {
        var node = new JoiningNode(operator, "cp3");
        run("reset, another policy, kubectl delete node", "cp3", () -> node.leave(AuditPolicies.secrets("reset")));
        node.replace();
        run("join --control-plane", "cp3", node::join);
        node.leave(AuditPolicies.secrets("joined"));
        node.replace();
        node.prepare(directory);
        assertAuditedWithOneStart(run("join --control-plane --patches", "cp3", node::joinPrepared));
    }

    @Test
    @Order(4)
    void upgrades() {
        var kubeadm = lab.importVersion(NEW_VERSION) + " ";
        upgrade("cp1", "upgrade apply v" + NEW_VERSION, kubeadm, " -y");
        upgrade("cp2", "upgrade node", kubeadm, "");
        upgrade("cp3", "upgrade node", kubeadm, "");
    }

    private static void upgrade(String node, String command, String kubeadm, String flags) {
        var run = run(command, node, () -> {
            var before = operator.apiServer(node);
            kubeadm(node, kubeadm + command + flags + IGNORE_PREFLIGHT);
            awaitAnother(node, before);
        });
        assertThat(operator.field("auditnode/" + node, ".status.kubeAPIServer.version"))
                .isEqualTo("v" + NEW_VERSION);
        assertAuditedWithOneStart(run);
    }

    private static void assertAuditedWithOneStart(KubeadmRun run) {
        assertThat(run.unaudited()).as(run.toString()).isZero();
        assertThat(run.starts()).as(run.toString()).isOne();
    }

    /** kubeadm waits for one component after the other, up to 5 minutes each. */
    private static void kubeadm(String node, String command) {
        lab.exec(
                node,
                "sh",
                "-c",
                "rm -f /run/kubeadm.end; setsid sh -c '" + command
                        + " > /run/kubeadm.log 2>&1; echo $? > /run/kubeadm.end' > /dev/null 2>&1 &");
        operator.await(command + " has ended on " + node, Duration.ofMinutes(20))
                .until(() -> !ended(node).isEmpty());
        assertThat(ended(node)).as(lab.readFile(node, "/run/kubeadm.log")).isEqualTo("0");
    }

    private static String ended(String node) {
        return lab.exec(node, "sh", "-c", "cat /run/kubeadm.end 2> /dev/null || true")
                .strip();
    }

    private static void awaitAnother(String node, String before) {
        operator.await("another kube-apiserver is ready on " + node, Duration.ofMinutes(3))
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(node)).isNotEmpty().isNotEqualTo(before);
                    assertThat(lab.isReady(node)).isTrue();
                });
    }

    /** Runs a command of kubeadm on a node whose kube-apiserver is settled, and adds its row when the AuditPolicy is Ready. */
    private static KubeadmRun run(String command, String node, Runnable action) {
        operator.awaitReady();
        var running = operator.apiServer(node).isEmpty() ? 0 : 1;
        var sampler = ApiServerSampler.start(lab, node);
        Duration took;
        KubeadmRun run;
        try (var words = new StatusWords(lab, node)) {
            var start = Instant.now();
            action.run();
            took = Duration.between(start, Instant.now());
            operator.awaitReady();
            run = KubeadmRun.of(command, node, took, sampler.stop(), running, words);
        }
        System.out.println(run);
        runs.add(run);
        return run;
    }
}
