package dev.auditpolicy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.LogSettings;
import java.io.IOException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest that kubeadm has written with our patches is one that nothing has to be changed in. */
class KubeadmPatchesTest {

    private static final long SEED = 16;
    private static final int SETTINGS = 30;
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ManifestPlanner planner = new ManifestPlanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "golden/kubeadm-1.36/in.yaml",
                "golden/kubeadm-1.30-numeric-probe-ports/in.yaml",
                "corpus/maxxmoney-kubeadm-v1.16.2.yaml",
                "corpus/nicolast-kubeadm-v1.12.5.yaml",
                "corpus/tsaarni-kubeadm-v1.10.0-unsorted.yaml"
            })
    void leaveNothingToChangeForAnySettings(String manifest) throws IOException {
        var random = new Random(SEED);
        var before = YAML.readTree(GoldenFolder.text(manifest));
        for (var count = 0; count < SETTINGS; count++) {
            var desired = DesiredAuditConfig.of(LogSettings.random(random), "%016x".formatted(random.nextLong()));

            var patched = patched(before, desired);

            assertThat(planner.plan(patched, desired)).as(patched).isEqualTo(new Plan.Unchanged());
        }
    }

    @Test
    void addNothingButWhatTheOperatorRemoves() throws IOException {
        var before = YAML.readTree(Manifests.kubeadm());

        var removed = Manifests.patched(planner.planRemoval(patched(before, Manifests.DESIRED)));

        assertThat(YAML.readTree(removed)).isEqualTo(before);
    }

    /** Another patch has put a container before that of kube-apiserver, which would get the flags. */
    @Test
    void failWhereTheFirstContainerIsAnother() throws IOException {
        var sidecar = YAML.readTree(Manifests.kubeadm().replace("    name: kube-apiserver\n", "    name: sidecar\n"));

        assertThatThrownBy(() -> patched(sidecar, Manifests.DESIRED)).hasMessageContaining("kube-apiserver");
    }

    /** In the order of the names, as kubeadm does. */
    private static String patched(JsonNode manifest, DesiredAuditConfig desired) throws IOException {
        var result = manifest;
        for (var patch : new TreeMap<>(KubeadmPatches.of(desired)).entrySet()) {
            result = KubeadmPatch.of(patch.getKey(), new ObjectMapper().readTree(patch.getValue()))
                    .apply(result);
        }
        return YAML.writeValueAsString(result);
    }
}
