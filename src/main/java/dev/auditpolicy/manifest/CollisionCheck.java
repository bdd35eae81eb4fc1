package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;

/** Finds foreign parts of a manifest that conflict with ours. */
final class CollisionCheck {
    private static final String FOREIGN = "is not managed by the audit policy operator: ";
    private static final String REMOVE = "remove it from the manifest, and from apiServer.";
    private static final String IN_KUBEADM =
            " in the ConfigMap kube-system/kubeadm-config or kubeadm's patches, or the next kubeadm upgrade restores it";

    private final KubeApiServerManifest manifest;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private CollisionCheck(KubeApiServerManifest manifest) {
        this.manifest = manifest;
    }

    static List<ManifestProblem> check(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var check = new CollisionCheck(manifest);
        check.flags();
        check.volumeNames();
        check.mountPaths(desired.mounts());
        return List.copyOf(check.problems);
    }

    /** Checks only the mounts: a foreign one may not equal, contain or be inside one of ours. */
    static List<ManifestProblem> checkMounts(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var check = new CollisionCheck(manifest);
        check.mountPaths(desired.mounts());
        return List.copyOf(check.problems);
    }

    private void flags() {
        var owned = manifest.ownedFlags();
        for (var flag : manifest.commandLine().flags()) {
            if (flag.name().startsWith("audit-") && !owned.contains(flag.name())) {
                problems.add(new ManifestProblem(
                        "--" + flag.name(), flag.value(), FOREIGN + REMOVE + "extraArgs" + IN_KUBEADM));
            }
        }
    }

    private void volumeNames() {
        if (manifest.hasOwnershipMarker()) {
            return;
        }
        for (var volume : manifest.spec().maps("volumes")) {
            volume.string("name")
                    .filter(OwnershipMarkers.VOLUMES::contains)
                    .ifPresent(name -> problems.add(
                            new ManifestProblem("spec.volumes", name, FOREIGN + REMOVE + "extraVolumes" + IN_KUBEADM)));
        }
    }

    private void mountPaths(List<OwnedItem> ours) {
        for (var mount : manifest.mounts()) {
            if (manifest.hasOwnershipMarker() && OwnershipMarkers.VOLUMES.contains(mount.name())) {
                continue;
            }
            if (ours.stream().anyMatch(our -> overlap(our.path(), mount.mountPath()))) {
                problems.add(new ManifestProblem(
                        "volumeMounts[" + mount.name() + "]",
                        mount.mountPath(),
                        "overlaps with a mount that the audit policy needs: " + REMOVE + "extraVolumes" + IN_KUBEADM));
            }
        }
    }

    /** {@link PodCheck} reports invalid mount paths. */
    private static boolean overlap(String path, String other) {
        if (!other.startsWith("/")) {
            return false;
        }
        var first = asDirectory(path);
        var second = asDirectory(other);
        return first.startsWith(second) || second.startsWith(first);
    }

    private static String asDirectory(String path) {
        return (path + "/").replaceAll("/+", "/");
    }
}
