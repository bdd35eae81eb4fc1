package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;

/** What in a manifest is somebody else's and stands in the way of ours. */
final class CollisionCheck {
    private static final String FOREIGN = "was not set by the audit policy operator: ";
    private static final String REMOVE = "remove it from the manifest and from apiServer.";
    private static final String IN_KUBEADM =
            " in the ConfigMap kube-system/kubeadm-config (or kubeadm's patches), from where kubeadm would bring it back";

    private final KubeApiServerManifest manifest;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private CollisionCheck(KubeApiServerManifest manifest) {
        this.manifest = manifest;
    }

    static List<ManifestProblem> check(KubeApiServerManifest manifest, DesiredManifestParts target) {
        var check = new CollisionCheck(manifest);
        check.flags();
        check.volumeNames();
        check.mountPaths(target.mounts());
        return List.copyOf(check.problems);
    }

    /** Only mounts of others that are one with, above or below one of ours. */
    static List<ManifestProblem> mounts(KubeApiServerManifest manifest, DesiredManifestParts target) {
        var check = new CollisionCheck(manifest);
        check.mountPaths(target.mounts());
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
        if (manifest.isMarked()) {
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
            if (manifest.isMarked() && OwnershipMarkers.VOLUMES.contains(mount.name())) {
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

    /** A mount path that is no path at all is {@link PodCheck}'s to tell. */
    private static boolean overlap(String one, String other) {
        if (!other.startsWith("/")) {
            return false;
        }
        var first = asDirectory(one);
        var second = asDirectory(other);
        return first.startsWith(second) || second.startsWith(first);
    }

    private static String asDirectory(String path) {
        return (path + "/").replaceAll("/+", "/");
    }
}
