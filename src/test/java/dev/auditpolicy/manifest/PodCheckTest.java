package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of a planner that the check must find. */
final class PodCheckTest {
    private static final DesiredManifestParts DESIRED_PARTS = DesiredManifestParts.of(Manifests.DESIRED);
    private static final String BEFORE = Manifests.kubeadm();
    private static final String AFTER = Manifests.patched(new ManifestPlanner().plan(BEFORE, Manifests.DESIRED));

    @Test
    void findsNothingWrongWithAPatch() {
        assertThat(PodCheck.check(Manifests.parsed(BEFORE), AFTER, DESIRED_PARTS))
                .isEmpty();
        assertThat(PodCheck.check(Manifests.parsed(AFTER), BEFORE, DesiredManifestParts.NONE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--secure-port=6443 | --secure-port=6444 | manifest: the patch would change parts that the operator does not own",
                "tier: control-plane | tier: other | manifest: the patch would change parts that the operator does not own",
                "failureThreshold: 8 | failureThreshold: '8' | manifest: the patch would change parts that the operator does not own",
                "status: {} | --- {} | manifest=2 YAML documents",
                "status: {} | status: { | manifest: is not valid YAML in line",
                "--audit-log-maxage=30 | --audit-log-maxage=31 | manifest: the patch would not produce the desired parts",
                "--secure-port=6443 | 6443 | command of container=6443: must be a string",
                "revision: \"7f3a\" | revision: 1e10 | the patch would not produce the desired parts",
                "revision: \"7f3a\" | revision: 12 | metadata.annotations.auditpolicy.dev/revision=12: must be a string",
                "type: File | type: FileOrCreate | manifest: the patch would not produce the desired parts",
                "readOnly: false | readOnly: true | manifest: the patch would not produce the desired parts",
                "revision: \"7f3a\" | revision: \"7f3b\" | manifest: the patch would not produce the desired parts",
                "name: ca-certs | name: k8s-certs | spec.volumes=k8s-certs: must have a unique name",
                "name: auditpolicy-log | name: auditpolicy-policy | spec.volumes=auditpolicy-policy: must have a unique",
                "mountPath: /etc/ssl/certs | mountPath: /etc/kubernetes/pki | another mount has the same path",
                "mountPath: /etc/ssl/certs | mountPath: etc/ssl/certs | =etc/ssl/certs: must be an absolute path",
                "mountPath: /etc/ssl/certs | mountPath: /etc/../ssl | =/etc/../ssl: must be an absolute path",
                "path: /etc/ssl/certs | path: /etc/.. | spec.volumes=/etc/..: must be an absolute path",
                "mountPath: /etc/ssl/certs | mountPath: /var/log | volumeMounts[ca-certs]=/var/log: overlaps",
            })
    void findsWhatIsWrong(String part, String replacement, String problem) {
        var after = AFTER.replace(part, replacement.replace("--- {}", "---\nstatus: {}"));

        assertThat(after).isNotEqualTo(AFTER);
        assertThat(ManifestProblem.summary(PodCheck.check(Manifests.parsed(BEFORE), after, DESIRED_PARTS)))
                .contains(problem);
    }

    @Test
    void findsAMountWithoutItsVolume() {
        var after =
                AFTER.replaceFirst("(?s)  - hostPath:\n      path: /var/log/kubernetes/audit\n.*?name: [a-z-]*\n", "");

        assertThat(ManifestProblem.summary(PodCheck.check(Manifests.parsed(BEFORE), after, DESIRED_PARTS)))
                .contains(
                        "volumeMounts of container kube-apiserver=auditpolicy-log: refers to a volume that does not exist");
    }

    @Test
    void findsTwoContainersOfOneName() {
        var after = AFTER.replace(
                "  hostNetwork: true\n", "  initContainers:\n  - name: kube-apiserver\n  hostNetwork: true\n");

        assertThat(ManifestProblem.summary(PodCheck.check(Manifests.parsed(BEFORE), after, DESIRED_PARTS)))
                .contains("spec.containers=kube-apiserver: must have a unique name");
    }
}
