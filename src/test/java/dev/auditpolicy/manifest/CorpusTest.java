package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real manifests with the expected result: patched, or not patchable because of these fields. */
final class CorpusTest {
    private static final List<String> PATCHED = List.of();
    private static final Map<String, List<String>> VERDICTS = Map.ofEntries(
            Map.entry("checkov-auditlog-failed-no-flags.yaml", PATCHED),
            Map.entry("checkov-insecure-bind.yaml", List.of("kind=apps/v1 Deployment")),
            Map.entry(
                    "fusoya59-fcos-commented-flags-braces.yaml",
                    List.of("spec.volumes=", "volumeMounts of container kube-apiserver=")),
            Map.entry("gce-2018-sh-c-json-rendered.json", List.of("spec.containers[kube-apiserver].command=/bin/sh")),
            Map.entry("hfrog-shell-c-folded-scalar.yaml", List.of("spec.containers[kube-apiserver].command=/bin/sh")),
            Map.entry("kops-1.18-2021.yaml", PATCHED),
            Map.entry("kops-1.23-go-runner.yaml", PATCHED),
            Map.entry(
                    "kops-1.35-audit-go-runner.yaml",
                    List.of(
                            "--audit-log-maxage=10",
                            "--audit-log-maxbackup=1",
                            "--audit-log-maxsize=100",
                            "--audit-log-path=/var/log/kube-apiserver-audit.log",
                            "--audit-policy-file=/etc/kubernetes/audit/policy-config.yaml",
                            "--audit-webhook-batch-max-wait=5s",
                            "--audit-webhook-config-file=/etc/kubernetes/audit/webhook-config.yaml")),
            Map.entry("kops-1.35-envvars.yaml", PATCHED),
            Map.entry("kubermesh-daemonset-two-containers.yaml", List.of("kind=extensions/v1beta1 DaemonSet")),
            Map.entry("maxxmoney-kubeadm-v1.16.2.yaml", PATCHED),
            Map.entry("nicolast-kubeadm-v1.12.5.yaml", PATCHED),
            Map.entry(
                    "openshift-bootstrap-kube-apiserver-pod-rendered.yaml",
                    List.of("spec.containers[kube-apiserver].command=/bin/bash")),
            Map.entry("openshift-recovery-pod-rendered.yaml", List.of("spec.containers=0 kube-apiservers")),
            Map.entry(
                    "rminchakov-minikube-v1.34.0-mirror-pod-export.yaml",
                    List.of("metadata.uid=5e472a55-01f0-4612-88c0-96f99e7dc81b")),
            Map.entry("tsaarni-kubeadm-v1.10.0-unsorted.yaml", PATCHED),
            Map.entry(
                    "yukselao-kind-audit-v1.19.1.yaml",
                    List.of(
                            "--audit-policy-file=/etc/kubernetes/audit-policy.yaml",
                            "--audit-log-path=/var/log/kubernetes-apiserver.log",
                            "--audit-log-format=json")));

    private final ManifestPlanner planner = new ManifestPlanner();

    @TestFactory
    Stream<DynamicTest> everyManifestHasItsVerdict() {
        var files = GoldenFolder.in("corpus");
        assertThat(files.stream().map(CorpusTest::name)).containsExactlyInAnyOrderElementsOf(VERDICTS.keySet());
        return files.stream().map(file -> dynamicTest(name(file), () -> check(file)));
    }

    private void check(Path file) {
        var before = GoldenFolder.text(file);
        var desired = Manifests.DESIRED;

        switch (planner.plan(before, desired)) {
            case Plan.Unchanged() -> throw new AssertionError("none of them is ours");
            case Plan.Unpatchable(List<ManifestProblem> problems) ->
                assertThat(problems.stream().map(problem -> problem.field() + "=" + problem.value()))
                        .isEqualTo(VERDICTS.get(name(file)));
            case Plan.Patched(String text, List<ManifestChange> changes, TakenParts _) -> {
                assertThat(VERDICTS.get(name(file))).isEqualTo(PATCHED);
                // Five flags, two volumes of four lines, two mounts of three, two annotations and maybe their key.
                Manifests.assertLinesSurvive(before, text, before.contains("annotations:") ? 21 : 22);
                assertThat(changes).hasSize(11);
                assertThat(planner.plan(text, desired)).isEqualTo(new Plan.Unchanged());
                assertThat(Manifests.patched(planner.planRemoval(text))).isEqualTo(before);
            }
        }
    }

    /** Forms that kubelet takes and kubeadm does not write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "M06-etc-kubernetes-mounted.yaml",
                "M12-flow-command.yaml",
                "M19-trailing-separator.yaml",
                "M24-empty-annotations.yaml",
                "M33b-anchor-and-alias.yaml",
                "M35-folded-flag.yaml"
            })
    void patchesFormsThatPeopleWrite(String name) {
        var before = GoldenFolder.text(Path.of("src/test/resources/cases", name));

        var text = Manifests.patched(planner.plan(before, Manifests.DESIRED));

        assertThat(Manifests.parsed(text).flags()).containsAllEntriesOf(Manifests.DESIRED.flags());
        assertThat(planner.plan(text, Manifests.DESIRED)).isEqualTo(new Plan.Unchanged());
        assertThat(Manifests.patched(planner.planRemoval(text))).isEqualTo(before);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
