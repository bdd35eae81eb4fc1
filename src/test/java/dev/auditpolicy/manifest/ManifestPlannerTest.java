package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestPlannerTest {
    private final ManifestPlanner planner = new ManifestPlanner();

    @Test
    void reportsEveryChange() {
        var plan = (Plan.Patched) planner.plan(Manifests.kubeadm(), Manifests.DESIRED);

        assertThat(plan.changes().stream().map(ManifestChange::describe))
                .containsExactly(
                        "added flag --audit-policy-file=/etc/kubernetes/audit-policy.yaml",
                        "added flag --audit-log-path=/var/log/kubernetes/audit/audit.log",
                        "added flag --audit-log-maxage=30",
                        "added flag --audit-log-maxbackup=10",
                        "added flag --audit-log-maxsize=100",
                        "added mount auditpolicy-policy (/etc/kubernetes/audit-policy.yaml)",
                        "added mount auditpolicy-log (/var/log/kubernetes/audit)",
                        "added volume auditpolicy-policy (/etc/kubernetes/audit-policy.yaml)",
                        "added volume auditpolicy-log (/var/log/kubernetes/audit)",
                        "added annotation auditpolicy.dev/flags=audit-policy-file,audit-log-path,audit-log-maxage,"
                                + "audit-log-maxbackup,audit-log-maxsize",
                        "added annotation auditpolicy.dev/revision=7f3a");
    }

    @Test
    void changesOnlyTheRevisionForANewPolicyText() {
        var before = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var desired = DesiredAuditConfig.of(Manifests.log("/var/log/kubernetes/audit/audit.log"), "1e10");

        var plan = (Plan.Patched) planner.plan(before, desired);

        assertThat(ManifestDiff.between(before, plan.text()))
                .containsExactly(
                        "@@ line 7 @@",
                        "-    auditpolicy.dev/revision: \"7f3a\"",
                        "+    auditpolicy.dev/revision: \"1e10\"");
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void removesOnlyWhatIsOursAndKeepsLaterEditsOfOthers() {
        var ours = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var edited = ours.replace(
                        "    - --audit-log-maxage=30\n", "    # mine\n    - --v=4\n    - --audit-log-maxage=30\n")
                .replace(
                        "  - hostPath:\n      path: /var/log/kubernetes/audit\n",
                        "  # here\n  - hostPath:\n      path: /var/log/kubernetes/audit\n");

        var removed = Manifests.patched(planner.planRemoval(edited));

        assertThat(ManifestDiff.between(Manifests.kubeadm(), removed))
                .containsExactly("@@ line 42 @@", "+    # mine", "+    - --v=4", "@@ line 126 @@", "+  # here");
    }

    @Test
    void removesNothingIfNothingIsOurs() {
        var namedLikeOurs = GoldenFolder.text("golden/foreign-volume-of-our-name/in.yaml");
        assertThat(planner.planRemoval(namedLikeOurs)).isEqualTo(new Plan.Unchanged());
        assertThat(planner.planRemoval(Manifests.kubeadm())).isEqualTo(new Plan.Unchanged());
        var foreign = Manifests.kubeadm()
                .replace(
                        "    - --allow-privileged=true\n",
                        "    - --allow-privileged=true\n    - --audit-log-path=/x\n");
        assertThat(planner.planRemoval(foreign)).isEqualTo(new Plan.Unchanged());
    }

    @Test
    void leavesForeignAuditFlagsWhenItRemovesItsOwn() {
        var ours = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var edited = ours.replace("    - --audit-log-maxage=30\n", "    - --audit-log-mode=batch\n");

        var removed = Manifests.patched(planner.planRemoval(edited));

        assertThat(ManifestDiff.between(Manifests.kubeadm(), removed))
                .containsExactly("@@ line 42 @@", "+    - --audit-log-mode=batch");
    }

    @Test
    void rejectsRemovalOfAVolumeThatAnotherContainerUses() {
        var ours = Manifests.patched(planner.plan(Manifests.kubeadm(), Manifests.DESIRED));
        var edited = ours.replace("  hostNetwork: true\n", """
                  - name: log-shipper
                    image: shipper
                    volumeMounts:
                    - mountPath: /logs
                      name: auditpolicy-log
                  hostNetwork: true
                """);

        assertThat(planner.planRemoval(edited))
                .isInstanceOfSatisfying(Plan.Unpatchable.class, invalid -> assertThat(invalid.problems())
                        .extracting(ManifestProblem::field, ManifestProblem::value)
                        .containsExactly(tuple("volumeMounts of container log-shipper", "auditpolicy-log")));
    }

    @Test
    void plansFromScratchAfterKubeadmRegeneratesTheManifest() {
        var first = planner.plan(Manifests.kubeadm(), Manifests.DESIRED);
        var upgraded = Manifests.kubeadm().replace("v1.36.3", "v1.37.0");

        assertThat(planner.plan(upgraded, Manifests.DESIRED))
                .isInstanceOfSatisfying(Plan.Patched.class, plan -> assertThat(plan.changes())
                        .isEqualTo(((Plan.Patched) first).changes()));
    }

    @Test
    void neverQuotesTheManifestInAnError() {
        var broken = Manifests.kubeadm().replace("    image:", "    token: s3cret\n   image: [");

        assertThat(planner.plan(broken, Manifests.DESIRED))
                .isInstanceOfSatisfying(
                        Plan.Unpatchable.class, invalid -> assertThat(ManifestProblem.summary(invalid.problems()))
                                .contains("line ")
                                .doesNotContain("s3cret"));
    }

    /** A null, written or not, is the same as an empty map or list. */
    @ParameterizedTest
    @ValueSource(strings = {"", " null", " ~", " # none"})
    void fillsNulls(String nothing) {
        var before = """
                apiVersion: v1
                kind: Pod
                metadata:
                  annotations:%1$s
                  name: kube-apiserver
                spec:
                  containers:
                  - command: [kube-apiserver]
                    volumeMounts:%1$s
                    name: kube-apiserver
                  volumes:%1$s
                """.formatted(nothing);

        var after = Manifests.patched(planner.plan(before, Manifests.DESIRED));

        assertThat(planner.plan(after, Manifests.DESIRED)).isEqualTo(new Plan.Unchanged());
        assertThat(ManifestDiff.between(before, Manifests.patched(planner.planRemoval(after)))
                        .toString())
                .doesNotContain("auditpolicy");
    }

    /** Ours would be in two places. */
    @Test
    void rejectsAnAliasOfAListThatItWouldEdit() {
        var before = Manifests.kubeadm().replace("  volumes:\n", "  volumes: &v\n") + "other: {volumes: *v}\n";

        assertThat(planner.plan(before, Manifests.DESIRED))
                .isInstanceOfSatisfying(
                        Plan.Unpatchable.class, invalid -> assertThat(ManifestProblem.summary(invalid.problems()))
                                .contains("a YAML alias"));
    }

    @Test
    void rejectsAMountOfAnotherDirectoryAtThePathOfThePolicy() {
        var elsewhere = Manifests.kubeadm()
                .replace("mountPath: /etc/kubernetes/pki", "mountPath: /etc/kubernetes")
                .replace("path: /etc/kubernetes/pki", "path: /srv/kubernetes");

        assertThat(planner.plan(elsewhere, Manifests.DESIRED))
                .isInstanceOfSatisfying(
                        Plan.Unpatchable.class, invalid -> assertThat(ManifestProblem.summary(invalid.problems()))
                                .startsWith("volumeMounts[k8s-certs]=/etc/kubernetes: overlaps"));
    }

    /** The mount of the file shows what kube-apiserver was started with, that of the directory what is there now. */
    @Test
    void mountsThePolicyInADirectoryThatIsMountedWhole() {
        var whole = GoldenFolder.text(Path.of("src/test/resources/cases/M06-etc-kubernetes-mounted.yaml"));

        assertThat(Manifests.parsed(Manifests.patched(planner.plan(whole, Manifests.DESIRED)))
                        .mounts())
                .extracting(KubeApiServerManifest.Mount::mountPath)
                .contains("/etc/kubernetes", "/etc/kubernetes/audit-policy.yaml");
    }
}
