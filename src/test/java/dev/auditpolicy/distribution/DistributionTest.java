package dev.auditpolicy.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DistributionTest {

    @ParameterizedTest
    @CsvSource({
        "/etc/rancher/rke2, rke2, '', RKE2",
        "/var/lib/rancher/k3s, k3s-server, '', K3S",
        "/var/lib/k0s, k0s, '', K0S",
        "/system/state, machined, talos, TALOS",
        "'', '', talos, TALOS",
        "/etc/machine-config-daemon, machine-config-daemon, rhcos, OPENSHIFT",
        "/var/snap/microk8s, kubelite, ubuntu, MICROK8S",
        "/etc/kubernetes/manifests/kube-apiserver.manifest, kubelet, ubuntu, KOPS",
        "/etc/kubernetes/deckhouse, kubelet, debian, DECKHOUSE",
        "/var/snap/kube-apiserver, kube-apiserver, ubuntu, CHARMED",
    })
    void isRecognisedWithoutAManifestOfKubeadm(String path, String program, String system, Distribution expected) {
        assertThat(Distribution.of(new HostSigns(Set.of(path), Set.of(program), system, false)))
                .contains(expected);
    }

    /** Somebody may have replaced the distribution with kubeadm and left its directories. */
    @ParameterizedTest
    @CsvSource({
        "/etc/rancher/rke2, kubelet,",
        "/var/lib/rancher/k3s, kubelet,",
        "/var/lib/rancher/k3s, k3s, K3S",
        "/etc/kubernetes/deckhouse, kubelet, DECKHOUSE",
        "/etc/kubernetes/audit-policy/apiserver-audit-policy.yaml, kubelet, KUBESPRAY",
        "/etc/kubernetes, kubelet,",
    })
    void isNotWhatIsLeftOver(String path, String program, Distribution expected) {
        assertThat(Distribution.of(new HostSigns(Set.of(path), Set.of(program), "debian", true))
                        .orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "v1.35.4+rke2r1, SUSE Linux, '', RKE2",
        "v1.35.4+k3s1, Alpine, '', K3S",
        "v1.35.4+k0s, Debian, '', K0S",
        "v1.35.4, Talos (v1.12.0), '', TALOS",
        "v1.32.5, Red Hat Enterprise Linux CoreOS 419.96, '', OPENSHIFT",
        "v1.35.4, Ubuntu 24.04, microk8s.io/cluster, MICROK8S",
        "v1.35.4, Ubuntu 24.04, kops.k8s.io/instancegroup, KOPS",
        "v1.35.4, Ubuntu 24.04, node.deckhouse.io/group, DECKHOUSE",
        "v1.35.4, Ubuntu 24.04, kubernetes.io/hostname,",
        "v1.33.1-eks-1234567, Bottlerocket OS, kubernetes.io/hostname,",
    })
    void isRecognisedFromTheNodeObject(String kubelet, String system, String label, Distribution expected) {
        assertThat(Distribution.of(new NodeSigns(kubelet, system, Set.of(label)))
                        .orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void saysWhatToDoInstead(Distribution distribution) {
        assertThat(distribution.refusal()).contains(distribution.title()).contains("set ");
    }

    @Test
    void isUnknownOnAPlainNode() {
        assertThat(Distribution.of(new HostSigns(Set.of(), Set.of("kubelet", "containerd"), "debian", true)))
                .isEmpty();
    }
}
