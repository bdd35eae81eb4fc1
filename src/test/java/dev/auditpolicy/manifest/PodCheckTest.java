package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a planner that went wrong would be stopped by. */
final class PodCheckTest {
    private static final DesiredManifestParts TARGET = DesiredManifestParts.of(Manifests.WANTED);
    private static final String BEFORE = Manifests.kubeadm();
    private static final String AFTER = Manifests.patched(new ManifestPlanner().plan(BEFORE, Manifests.WANTED));

    @Test
    void findsNothingWrongWithAPatch() {
        assertThat(PodCheck.check(BEFORE, AFTER, TARGET)).isEmpty();
        assertThat(PodCheck.check(AFTER, BEFORE, DesiredManifestParts.NOTHING)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--secure-port=6443 | --secure-port=6444 | manifest: patching would change what is not ours",
                "tier: control-plane | tier: other | manifest: patching would change what is not ours",
                "failureThreshold: 8 | failureThreshold: '8' | manifest: patching would change what is not ours",
                "status: {} | --- {} | manifest=2 YAML documents",
                "status: {} | status: { | manifest: is not YAML in line",
                "--audit-log-maxage=30 | --audit-log-maxage=31 | manifest: patching would not give what is wanted",
                "--secure-port=6443 | 6443 | command of container=6443: must be a string",
                "revision: \"7f3a\" | revision: 1e10 | patching would not give what is wanted",
                "revision: \"7f3a\" | revision: 12 | metadata.annotations.auditpolicy.dev/revision=12: must be a string",
                "type: File | type: FileOrCreate | manifest: patching would not give what is wanted",
                "readOnly: false | readOnly: true | manifest: patching would not give what is wanted",
                "revision: \"7f3a\" | revision: \"7f3b\" | manifest: patching would not give what is wanted",
                "name: ca-certs | name: k8s-certs | spec.volumes=k8s-certs: must have a name of its own",
                "name: auditpolicy-log | name: auditpolicy-policy | spec.volumes=auditpolicy-policy: must have a name of its",
                "mountPath: /etc/ssl/certs | mountPath: /etc/kubernetes/pki | two mounts have this path",
                "mountPath: /etc/ssl/certs | mountPath: etc/ssl/certs | =etc/ssl/certs: must be an absolute path",
                "mountPath: /etc/ssl/certs | mountPath: /etc/../ssl | =/etc/../ssl: must be an absolute path",
                "path: /etc/ssl/certs | path: /etc/.. | spec.volumes=/etc/..: must be an absolute path",
                "mountPath: /etc/ssl/certs | mountPath: /var/log | volumeMounts[ca-certs]=/var/log: overlaps",
            })
    void findsWhatIsWrong(String part, String replacement, String problem) {
        var after = AFTER.replace(part, replacement.replace("--- {}", "---\nstatus: {}"));

        assertThat(after).isNotEqualTo(AFTER);
        assertThat(ManifestProblem.summary(PodCheck.check(BEFORE, after, TARGET)))
                .contains(problem);
    }

    @Test
    void findsAMountWithoutItsVolume() {
        var after =
                AFTER.replaceFirst("(?s)  - hostPath:\n      path: /var/log/kubernetes/audit\n.*?name: [a-z-]*\n", "");

        assertThat(ManifestProblem.summary(PodCheck.check(BEFORE, after, TARGET)))
                .contains("volumeMounts of container kube-apiserver=auditpolicy-log: names no volume");
    }

    @Test
    void findsTwoContainersOfOneName() {
        var after = AFTER.replace(
                "  hostNetwork: true\n", "  initContainers:\n  - name: kube-apiserver\n  hostNetwork: true\n");

        assertThat(ManifestProblem.summary(PodCheck.check(BEFORE, after, TARGET)))
                .contains("spec.containers=kube-apiserver: must have a name of its own");
    }
}
