package dev.auditpolicy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every other test on a lab with systemd relies on. */
@Tag("rare")
@LabNodes(value = 3, host = LabHost.SYSTEMD)
class SystemdLabE2E {

    /** After a power cut, kube-apiserver waits for etcd, which waits for its peers. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final String KEPT_FILE = "/var/log/kept";

    private static Lab lab;

    @BeforeAll
    static void startLab() {
        lab = Lab.start(3, LabHost.SYSTEMD);
    }

    @Test
    void runsTheControlPlaneAsServices() {
        assertThat(lab.nodes()).containsExactly("cp1", "cp2", "cp3");
        for (String node : lab.nodes()) {
            awaitReady(node);
            assertThat(shell(node, "cat /proc/1/comm; hostname; systemctl list-units --failed --quiet"))
                    .isEqualTo("systemd\n" + node + "\n");
            assertThat(shell(node, "systemctl is-active etcd kube-apiserver kube-controller-manager kube-scheduler"))
                    .isEqualTo("active\n".repeat(4));
        }
        assertThat(lab.kubectl("get", "nodes", "--output", "name")).isEmpty();
    }

    @Test
    void reportsTheFlagsOverDBusAsTheUnitHasThem() {
        assertThat(execStart("cp2"))
                .contains(
                        "\"--advertise-address=" + lab.apiAddress("cp2").getHost() + "\"",
                        "\"--runtime-config=api/all=true\"");
        assertThat(execStart("cp3")).contains("\"$KUBE_API_ARGS\"").doesNotContain("--advertise-address");
        assertThat(lab.exec("cp3", "systemctl", "show", "kube-apiserver", "--property", "EnvironmentFiles"))
                .contains("/etc/kubernetes/apiserver");
    }

    @Test
    void hasAnIdentityLeaseForEveryKubeApiserver() {
        lab.nodes().forEach(SystemdLabE2E::awaitReady);

        await().atMost(START).untilAsserted(() -> assertThat(lab.kubectl(
                                "get",
                                "leases",
                                "--namespace=kube-system",
                                "--selector=apiserver.kubernetes.io/identity=kube-apiserver",
                                "--output=jsonpath={.items[*].metadata.labels.kubernetes\\.io/hostname}")
                        .split(" "))
                .containsExactlyInAnyOrder("cp1", "cp2", "cp3"));
    }

    @Test
    void signsCertificateRequests() {
        String request = shell("cp1", """
                openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=somebody | base64 -w 0
                """);
        lab.kubectlWithInput("""
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: somebody}
                spec:
                  request: %s
                  signerName: kubernetes.io/kube-apiserver-client
                  usages: [client auth]
                """.formatted(request), "apply", "--filename=-");
        lab.kubectl("certificate", "approve", "somebody");

        lab.kubectl("wait", "csr/somebody", "--for=jsonpath={.status.certificate}", "--timeout=2m");
    }

    @Test
    void acceptsTheTokensOfServiceAccounts() {
        String token = lab.kubectl("create", "token", "default").strip();

        // The administrator's kubeconfig has a certificate, which would win over a token.
        assertThat(lab.exec(
                        "cp2",
                        "kubectl",
                        "--kubeconfig=/dev/null",
                        "--server=https://127.0.0.1:6443",
                        "--certificate-authority=/var/lib/kubernetes/ca.crt",
                        "--token=" + token,
                        "auth",
                        "whoami"))
                .contains("system:serviceaccount:default:default");
    }

    @Test
    void restartsAServiceOnCommand() {
        String before = mainProcess("cp1");

        // With SIGTERM, kube-apiserver would wait a minute for the watches of its clients.
        lab.exec("cp1", "systemctl", "kill", "--signal=KILL", "kube-apiserver");
        lab.exec("cp1", "systemctl", "restart", "kube-apiserver");

        assertThat(mainProcess("cp1")).isNotIn(before, "0");
        awaitReady("cp1");
    }

    @Test
    void keepsServingWhenOneNodeHasNoPower() {
        lab.nodes().forEach(SystemdLabE2E::awaitReady);
        lab.writeFile("cp3", KEPT_FILE, "across a power cut");

        lab.powerCut("cp3");

        assertThat(lab.isReady("cp3")).isFalse();
        assertThatThrownBy(() -> lab.exec("cp3", "true")).hasMessageContaining("cp3 is powered off");
        assertThat(lab.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");

        lab.powerOn("cp3");

        assertThat(lab.readFile("cp3", KEPT_FILE)).isEqualTo("across a power cut");
        awaitReady("cp3");
    }

    private static void awaitReady(String node) {
        await().atMost(START).until(() -> lab.isReady(node));
    }

    private static String mainProcess(String node) {
        return lab.exec(node, "systemctl", "show", "kube-apiserver", "--property=MainPID", "--value")
                .strip();
    }

    private static String execStart(String node) {
        return lab.exec(
                node,
                "busctl",
                "get-property",
                "org.freedesktop.systemd1",
                "/org/freedesktop/systemd1/unit/kube_2dapiserver_2eservice",
                "org.freedesktop.systemd1.Service",
                "ExecStart");
    }

    private static String shell(String node, String script) {
        return lab.exec(node, "sh", "-c", script);
    }
}
