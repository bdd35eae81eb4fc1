package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The guard's static pod: the agent's own pod as it is on this node, without what comes from an API server.
 *
 * @param agent the pod that the agent runs in
 * @param hostAddress as the agent's
 * @param certificateAuthority PEM, by which the agent knows the API server
 */
record GuardPod(Pod agent, String hostAddress, String certificateAuthority) {

    static final String NAME = "auditpolicy-guard";

    GuardPod {
        requireNonNull(agent, "agent is null");
        requireNonNull(hostAddress, "hostAddress is null");
        requireNonNull(certificateAuthority, "certificateAuthority is null");
    }

    String image() {
        return agent.getSpec().getContainers().getFirst().getImage();
    }

    /**
     * Same image, privileges and directories. The image is never pulled: what the node cannot start without a registry
     * would be no guard. A static pod may have no service account, so the guard has no token either. The turn makes it
     * another pod each time: the UID of a static pod is a hash of its manifest, and a pod that has ended well is never
     * started again.
     */
    String manifest(String turn) {
        var spec = agent.getSpec();
        var container = spec.getContainers().getFirst();
        var mounted = spec.getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null || volume.getEmptyDir() != null)
                .toList();
        var mounts = container.getVolumeMounts().stream()
                .filter(mount ->
                        mounted.stream().anyMatch(volume -> volume.getName().equals(mount.getName())))
                .toList();
        return Serialization.asYaml(new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(agent.getMetadata().getNamespace())
                .addToLabels("app.kubernetes.io/name", "auditpolicy-operator")
                .addToLabels("app.kubernetes.io/component", "guard")
                .addToAnnotations("auditpolicy.dev/turn", turn)
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .withHostPID(true)
                .withEnableServiceLinks(false)
                .withPriorityClassName(spec.getPriorityClassName())
                .withRestartPolicy("OnFailure")
                .withTerminationGracePeriodSeconds(5L)
                .withSecurityContext(spec.getSecurityContext())
                .addNewContainer()
                .withName("guard")
                .withImage(container.getImage())
                .withImagePullPolicy("Never")
                .withArgs("guard")
                .withEnv(container.getEnv().stream()
                        .filter(variable -> variable.getValueFrom() == null)
                        .toList())
                .addNewEnv()
                .withName("HOST_IP")
                .withValue(hostAddress)
                .endEnv()
                .addNewEnv()
                .withName("CERTIFICATE_AUTHORITY")
                .withValue(certificateAuthority)
                .endEnv()
                .withResources(container.getResources())
                .withSecurityContext(container.getSecurityContext())
                .withVolumeMounts(mounts)
                .endContainer()
                .withVolumes(mounted)
                .endSpec()
                .build());
    }
}
