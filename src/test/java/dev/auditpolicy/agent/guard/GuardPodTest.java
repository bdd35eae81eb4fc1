package dev.auditpolicy.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.host.program.ProgramCommand;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Created from the agent's pod in the API server: the shipped template plus the additions of admission. */
class GuardPodTest {

    private static final String TOKEN = "kube-api-access-x7k2p";
    private static final String IMAGE = "registry.k8s.io/kube-apiserver:v1.36.3";
    private static final ProgramCommand PROGRAM =
            new ProgramCommand(List.of("/var/lib/auditpolicy/guard/1/lib/ld.so", "java"), Map.of("LOCPATH", "/locale"));

    private Pod agent;

    @BeforeEach
    void anAgent() throws IOException {
        var template = Serialization.unmarshal(Files.readString(Path.of("deploy/base/agent.yaml")), DaemonSet.class)
                .getSpec()
                .getTemplate();
        agent = new PodBuilder()
                .withNewMetadata()
                .withNamespace("auditpolicy-system")
                .endMetadata()
                .withSpec(template.getSpec())
                .editSpec()
                .addNewVolume()
                .withName(TOKEN)
                .withNewProjected()
                .endProjected()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName(TOKEN)
                .withMountPath("/var/run/secrets/kubernetes.io/serviceaccount")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    /** kubelet refuses the agent's image if it was pulled with a pull secret. */
    @Test
    void runsTheCopiedProgramInTheImageOfKubeApiserver() {
        var container = guard("t1").getSpec().getContainers().getFirst();

        assertThat(container.getImage()).isEqualTo(IMAGE);
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(container.getCommand()).isEqualTo(PROGRAM.command());
        assertThat(container.getArgs()).containsExactly("guard");
    }

    /** Among the agent's, which set the size of the heap. */
    @Test
    void setsTheVariablesOfTheProgram() {
        assertThat(guard("t1").getSpec().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .contains("LOCPATH", "JDK_JAVA_OPTIONS", "HOST_IP");
    }

    @Test
    void hasTheAgentsPrivilegesAndDirectories() {
        var spec = guard("t1").getSpec();
        var template = agent.getSpec();

        assertThat(spec.getHostPID()).isTrue();
        assertThat(spec.getHostNetwork()).isTrue();
        assertThat(spec.getSecurityContext()).isEqualTo(template.getSecurityContext());
        assertThat(spec.getContainers().getFirst().getSecurityContext())
                .isEqualTo(template.getContainers().getFirst().getSecurityContext());
        assertThat(spec.getVolumes())
                .extracting(Volume::getName)
                .containsExactlyInAnyOrder("pod-logs", "etc-kubernetes", "state", "tmp");
    }

    /** kubelet rejects static pods that reference API objects. */
    @Test
    void referencesNoAPIObjects() {
        var spec = guard("t1").getSpec();

        assertThat(spec.getServiceAccountName()).isNull();
        assertThat(spec.getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getName)
                .doesNotContain(TOKEN);
        assertThat(spec.getContainers().getFirst().getEnv()).allMatch(variable -> variable.getValueFrom() == null);
    }

    @Test
    void isADifferentPodForEachTurn() {
        assertThat(manifest("t1")).isNotEqualTo(manifest("t2"));
    }

    private Pod guard(String turn) {
        return Serialization.unmarshal(manifest(turn), Pod.class);
    }

    private String manifest(String turn) {
        return pod().manifest(turn, IMAGE, PROGRAM);
    }

    private GuardPod pod() {
        return new GuardPod(new KubernetesSerialization().convertValue(agent, JsonNode.class), "192.0.2.1", "PEM");
    }
}
