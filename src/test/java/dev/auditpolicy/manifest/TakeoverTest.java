package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TakeoverTest {

    private static final String FLAG = "    - --allow-privileged=true\n";

    private final ManifestPlanner planner = new ManifestPlanner();

    @Test
    void refusesAMountThatAlsoServesSomethingElse() {
        var before = with(
                Manifests.kubeadm().replace(FLAG, FLAG + "    - --other-file=/var/log/kubernetes/audit/other\n"),
                "logs",
                "/var/log/kubernetes/audit");
        assertThat(planner.planTakeover(before, Manifests.DESIRED))
                .isInstanceOfSatisfying(
                        Plan.Unpatchable.class, refused -> assertThat(ManifestProblem.summary(refused.problems()))
                                .contains("volumeMounts[logs]=/var/log/kubernetes/audit")
                                .contains("also serves --other-file=/var/log/kubernetes/audit/other"));
    }

    @Test
    void leavesAVolumeThatAnotherContainerMounts() {
        var before =
                with(Manifests.kubeadm(), "logs", "/var/log/kubernetes/audit").replace("  hostNetwork: true\n", """
                  - image: shipper
                    name: shipper
                    volumeMounts:
                    - mountPath: /logs
                      name: logs
                  hostNetwork: true
                """);
        var after = Manifests.parsed(Manifests.patched(planner.planTakeover(before, Manifests.DESIRED)));
        assertThat(after.hostPaths()).containsKey("logs");
    }

    @Test
    void refusesADirectoryThatIsMountedWholeFromElsewhere() {
        var before = with(Manifests.kubeadm(), "etc", "/etc/kubernetes")
                .replace("      path: /etc/kubernetes\n", "      path: /srv/kubernetes\n")
                .replace(FLAG, FLAG + "    - --other-file=/etc/kubernetes/other\n");
        assertThat(planner.planTakeover(before, Manifests.DESIRED)).isInstanceOf(Plan.Unpatchable.class);
    }

    /** As a tool leaves a manifest that rewrites metadata. */
    @Test
    void knowsItsOwnFlagsFromTheBookIfTheAnnotationsAreGone() {
        var ours = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var unmarked = ours.replaceAll("    auditpolicy.dev/.*\n", "");
        var knowing = new ManifestPlanner(OwnedFlags.of(List.of(
                new AuditNodeSpec("r", 1L, "p", Manifests.log("/var/log/kubernetes/audit/audit.log"), 3, 120))));
        assertThat(planner.plan(unmarked, Manifests.DESIRED)).isInstanceOf(Plan.Unpatchable.class);
        assertThat(knowing.plan(unmarked, Manifests.DESIRED))
                .isInstanceOfSatisfying(Plan.Patched.class, plan -> assertThat(plan.changesOnlyAnnotations())
                        .isTrue());
        assertThat(((Plan.Patched) knowing.planTakeover(unmarked, Manifests.DESIRED)).taken())
                .isEqualTo(TakenParts.NONE);
        assertThat(Manifests.patched(knowing.planRemoval(unmarked))).isEqualTo(Manifests.kubeadm());
    }

    /** Somebody has decided anew since. */
    @Test
    void doesNotGiveBackWhatSomebodyHasSetAgain() {
        var before = Manifests.kubeadm().replace(FLAG, FLAG + "    - --audit-log-mode=batch\n");
        var plan = (Plan.Patched) planner.planTakeover(before, Manifests.DESIRED);
        var edited = plan.text().replace(FLAG, FLAG + "    - --audit-log-mode=blocking-strict\n");
        assertThat(Manifests.patched(planner.planRemoval(edited, plan.taken())))
                .isEqualTo(before.replace("=batch", "=blocking-strict"));
    }

    /** Its lines hold other parts as well. */
    @Test
    void refusesAFlagInAListInFlowStyle() {
        var before = Manifests.kubeadm()
                .replaceFirst(
                        "(?s)  - command:.*?    image: ",
                        "  - command: [kube-apiserver, --audit-log-path=/x, --v=4]\n    image: ");
        assertRefused(before, "--audit-log-path=/x: to be replaced");
    }

    @Test
    void refusesAFlagThatIsFolded() {
        var before = Manifests.kubeadm().replace(FLAG, FLAG + "    - >-\n      --audit-log-path=/x\n\n");
        assertRefused(before, "--audit-log-path=/x: to be replaced");
    }

    @Test
    void refusesAMountInAListInFlowStyle() {
        var before = Manifests.kubeadm()
                .replaceFirst("volumeMounts:\\n(    - .*\\n|      .*\\n)+", """
                        volumeMounts: [
                              {name: logs, mountPath: /var/log/kubernetes/audit},
                              {name: k8s-certs, mountPath: /etc/kubernetes/pki}]
                        """)
                .replace(
                        "  volumes:\n",
                        "  volumes:\n  - hostPath: {path: /var/log/kubernetes/audit}\n    name: logs\n");
        assertRefused(before, "volumeMounts[logs]=/var/log/kubernetes/audit: to be replaced");
    }

    @Test
    void refusesAVolumeOfWhichSomethingElseIsAnAlias() {
        var before = with(Manifests.kubeadm(), "logs", "/var/log/kubernetes/audit")
                .replace("  - hostPath:\n      path: /var/log/kubernetes/audit\n", """
                          - hostPath: &dir
                              path: /var/log/kubernetes/audit
                        """)
                .replace("  volumes:\n", "  volumes:\n  - name: other\n    hostPath: {path: /srv}\n")
                .concat("other: *dir\n");
        assertRefused(before, "spec.volumes=logs: to be replaced");
    }

    private void assertRefused(String before, String reason) {
        assertThat(planner.planTakeover(before, Manifests.DESIRED))
                .isInstanceOfSatisfying(
                        Plan.Unpatchable.class, refused -> assertThat(ManifestProblem.summary(refused.problems()))
                                .contains(reason));
    }

    private static String with(String manifest, String name, String path) {
        return manifest.replace(
                        "    volumeMounts:\n",
                        "    volumeMounts:\n    - mountPath: " + path + "\n      name: " + name + "\n")
                .replace(
                        "  volumes:\n",
                        "  volumes:\n  - hostPath:\n      path: " + path + "\n    name: " + name + "\n");
    }
}
