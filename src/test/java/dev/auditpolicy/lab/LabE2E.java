package dev.auditpolicy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every other test on the lab relies on. */
@LabNodes(3)
class LabE2E {

    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";

    private static final String KEPT_FILE = "/var/log/kept";

    private static Lab lab;

    @BeforeAll
    static void startLab() {
        lab = Lab.start(3);
    }

    @Test
    void runsWhatKubeadmMakes() {
        assertThat(lab.nodes()).containsExactly("cp1", "cp2", "cp3");
        assertThat(lab.kubectl("get", "pods", "--namespace", "kube-system", "--output", "name")
                        .lines())
                .contains("pod/etcd-cp1", "pod/kube-apiserver-cp2", "pod/kube-scheduler-cp3");
        for (String node : lab.nodes()) {
            assertThat(lab.exec(node, "hostname")).isEqualTo(node + "\n");
            assertThat(lab.readFile(node, MANIFEST))
                    .contains("--advertise-address=" + lab.apiAddress(node).getHost());
        }
    }

    @Test
    void reportsTheOutputOfACommandThatFails() {
        assertThatThrownBy(() -> lab.exec("cp1", "sh", "-c", "echo out; echo reason >&2; exit 7"))
                .isInstanceOfSatisfying(
                        LabException.class, e -> assertThat(e.exitCode()).isEqualTo(7))
                .hasMessageContainingAll("out", "reason");
        assertThatThrownBy(() -> lab.kubectlWithInput("{}", "apply", "-f", "-"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("apiVersion not set");
        assertThatThrownBy(() -> lab.powerCut("cp9")).hasMessageContaining("nodes of this lab: cp1 cp2 cp3");
    }

    @Test
    void keepsServingWhenOneNodeHasNoPower() {
        lab.writeFile("cp2", KEPT_FILE, "across a power cut");

        lab.powerCut("cp2");

        assertThat(lab.isReady("cp2")).isFalse();
        assertThatThrownBy(() -> lab.exec("cp2", "true")).hasMessageContaining("cp2 is powered off");
        assertThat(lab.kubectl("get", "--raw", "/readyz")).isEqualTo("ok");

        lab.powerOn("cp2");

        assertThat(lab.readFile("cp2", KEPT_FILE)).isEqualTo("across a power cut");
        await().atMost(Duration.ofMinutes(2)).until(() -> lab.isReady("cp2"));
    }
}
