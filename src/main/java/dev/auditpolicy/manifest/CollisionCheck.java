package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;

/** Finds foreign parts of a manifest that conflict with ours. */
final class CollisionCheck {
    private static final String FOREIGN = "is not managed by the audit policy operator: ";
    private static final String REMOVE = "remove it from the manifest, and from apiServer.";
    private static final String IN_KUBEADM =
            " in the ConfigMap kube-system/kubeadm-config or kubeadm's patches, or the next kubeadm upgrade restores it; or set spec.takeover"
                    + " to Replace in the AuditPolicy, and the operator replaces it";

    private final KubeApiServerManifest manifest;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private CollisionCheck(KubeApiServerManifest manifest) {
        this.manifest = manifest;
    }

    static List<ManifestProblem> check(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var check = new CollisionCheck(manifest);
        check.flags();
        check.volumeNames();
        check.mounts(desired);
        return List.copyOf(check.problems);
    }

    /** Checks only the mounts. */
    static List<ManifestProblem> checkMounts(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var check = new CollisionCheck(manifest);
        check.mounts(desired);
        return List.copyOf(check.problems);
    }

    private void flags() {
        for (var flag : ForeignAuditParts.flags(manifest)) {
            problems.add(
                    new ManifestProblem("--" + flag.name(), flag.value(), FOREIGN + REMOVE + "extraArgs" + IN_KUBEADM));
        }
    }

    private void volumeNames() {
        for (var volume : ForeignAuditParts.volumesOfOurNames(manifest)) {
            problems.add(new ManifestProblem(
                    "spec.volumes", volume.string("name").orElse(""), FOREIGN + REMOVE + "extraVolumes" + IN_KUBEADM));
        }
    }

    private void mounts(DesiredManifestParts desired) {
        for (var mount : ForeignAuditParts.mounts(manifest, desired)) {
            problems.add(new ManifestProblem(
                    "volumeMounts[" + mount.name() + "]",
                    mount.mountPath(),
                    "overlaps with a mount that the audit policy needs: " + REMOVE + "extraVolumes" + IN_KUBEADM));
        }
    }
}
