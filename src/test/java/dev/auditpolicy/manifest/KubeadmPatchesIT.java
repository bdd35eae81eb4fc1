package dev.auditpolicy.manifest;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our patches, as the kubeadm of each of the build's versions applies them. */
class KubeadmPatchesIT {

    private static final long SEED = 3;
    private static final int SETTINGS = 5;

    private final ManifestPlanner planner = new ManifestPlanner();

    @TempDir
    Path directory;

    static List<Path> versions() throws IOException {
        try (Stream<Path> versions =
                Files.list(Path.of(System.getProperty("kube-api-test.dir")).resolve("k8s"))) {
            return versions.sorted().map(Path::toAbsolutePath).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void leaveNothingToChange(Path version) throws IOException, InterruptedException {
        var random = new Random(SEED);
        for (var count = 0; count < SETTINGS; count++) {
            var desired = DesiredAuditConfig.of(LogSettings.random(random), "%016x".formatted(random.nextLong()));

            var manifest = manifest(version, desired, "");

            assertThat(planner.plan(manifest, desired)).as(manifest).isEqualTo(new Plan.Unchanged());
        }
    }

    /** kubelet would reject two mounts at one path, and kubeadm join would hang. */
    @ParameterizedTest
    @MethodSource("versions")
    void replaceMountsOfKubeadmConfigAtOurPaths(Path version) throws IOException, InterruptedException {
        var manifest = manifest(version, Manifests.DESIRED, """
                apiServer:
                  extraArgs: [{name: audit-log-maxage, value: "7"}]
                  extraVolumes:
                  - name: audit
                    hostPath: /srv/audit-policy.yaml
                    mountPath: /etc/kubernetes/audit-policy.yaml
                  - {name: audit-log, hostPath: /srv/audit, mountPath: /var/log/kubernetes/audit}
                """);

        assertThat(Manifests.parsed(manifest).flags()).containsEntry("audit-log-maxage", "30");
        assertThat(planner.plan(manifest, Manifests.DESIRED))
                .isInstanceOfSatisfying(Plan.Patched.class, patched -> assertThat(patched.changes())
                        .extracting(ManifestChange::part)
                        .containsOnly(Part.FLAG));
    }

    /** @param clusterConfiguration what is in kubeadm-config beside the version */
    private String manifest(Path version, DesiredAuditConfig desired, String clusterConfiguration)
            throws IOException, InterruptedException {
        var patches = Files.createDirectories(directory.resolve("patches"));
        for (var patch : KubeadmPatches.of(desired).entrySet()) {
            Files.writeString(patches.resolve(patch.getKey()), patch.getValue());
        }
        var config = Files.writeString(directory.resolve("config.yaml"), """
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: InitConfiguration
                localAPIEndpoint: {advertiseAddress: 192.0.2.11}
                nodeRegistration: {name: cp4, criSocket: "unix:///run/containerd/containerd.sock"}
                patches: {directory: "%s"}
                ---
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                kubernetesVersion: v%s
                %s""".formatted(
                        patches, version.getFileName().toString().split("-", 2)[0], clusterConfiguration));
        var written = Files.createDirectories(directory.resolve("manifests"));
        var output = directory.resolve("output");
        var kubeadm = new ProcessBuilder(
                        version.resolve("kubeadm").toString(),
                        "init",
                        "phase",
                        "control-plane",
                        "apiserver",
                        "--dry-run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        kubeadm.environment().put("KUBEADM_INIT_DRYRUN_DIR", written.toString());
        var process = kubeadm.start();
        assertThat(process.waitFor(1, MINUTES)).as("kubeadm has ended").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(written.resolve("kube-apiserver.yaml"));
    }
}
