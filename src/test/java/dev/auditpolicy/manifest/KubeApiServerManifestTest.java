package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.auditpolicy.manifest.KubeApiServerManifest.Mount;
import org.junit.jupiter.api.Test;

final class KubeApiServerManifestTest {

    @Test
    void readsTheContainer() {
        var manifest = Manifests.parsed(Manifests.kubeadm());

        assertThat(manifest.argv()).hasSize(28).startsWith("kube-apiserver", "--advertise-address=10.10.0.11");
        assertThat(manifest.flags()).contains(entry("secure-port", "6443"));
        assertThat(manifest.image()).isEqualTo("registry.k8s.io/kube-apiserver:v1.36.3");
        assertThat(manifest.mounts()).contains(new Mount("k8s-certs", "/etc/kubernetes/pki", true));
        assertThat(manifest.hostPaths()).contains(entry("k8s-certs", "/etc/kubernetes/pki"));
        assertThat(manifest.hasOwnershipMarker()).isFalse();
        assertThat(manifest.revision()).isEmpty();
    }

    @Test
    void readsItsAnnotations() {
        var manifest =
                Manifests.parsed(Manifests.patched(new ManifestPlanner().plan(Manifests.kubeadm(), Manifests.DESIRED)));

        assertThat(manifest.hasOwnershipMarker()).isTrue();
        assertThat(manifest.revision()).contains("7f3a");
        assertThat(manifest.ownedFlags()).isEqualTo(Manifests.DESIRED.flags().keySet());
        assertThat(manifest.flags()).containsAllEntriesOf(Manifests.DESIRED.flags());
        assertThat(manifest.mounts()).contains(new Mount("auditpolicy-log", "/var/log/kubernetes/audit", false));
    }

    @Test
    void readsFlagsInEveryForm() {
        var manifest = Manifests.parsed("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-apiserver
                spec:
                  containers:
                  - name: kube-apiserver
                    command: [kube-apiserver]
                    args:
                    - --two-tokens
                    - value
                    - --alone
                    - --audit-log-path
                    - "-"
                    - --audit-log-compress
                    - -v=2
                    - --audit_log_maxage=3
                    - --repeated=1
                    - "--repeated=a=b"
                    - --last
                """);

        assertThat(manifest.flags())
                .containsExactly(
                        entry("two-tokens", "value"),
                        entry("alone", "true"),
                        entry("audit-log-path", "-"),
                        entry("audit-log-compress", "true"),
                        entry("v", "2"),
                        entry("audit-log-maxage", "3"),
                        entry("repeated", "a=b"),
                        entry("last", "true"));
    }
}
