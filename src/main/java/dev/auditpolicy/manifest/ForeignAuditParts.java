package dev.auditpolicy.manifest;

import static java.util.stream.Collectors.toCollection;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.ContainerMounts.ContainerMount;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The audit configuration of somebody else in a manifest: all of its audit flags, the mounts that serve only these and
 * cannot be beside ours, and the volumes that nothing else mounts.
 *
 * @param problems why it cannot be replaced; empty if it can
 */
record ForeignAuditParts(
        List<Flag> flags, List<ContainerMount> mounts, List<YamlMap> volumes, List<ManifestProblem> problems) {

    private static final String LAYOUT =
            "to be replaced, it " + LayoutCheck.MESSAGE + ", without YAML aliases: rewrite it so, or remove it";

    private static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    static ForeignAuditParts of(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var flags = flags(manifest);
        var problems = new ArrayList<ManifestProblem>();
        flags.stream()
                .filter(flag -> !flag.nodes().stream().allMatch(node -> LayoutCheck.isOnOwnLines(manifest, node)))
                .forEach(flag -> problems.add(new ManifestProblem("--" + flag.name(), flag.value(), LAYOUT)));
        var mounts = mounts(manifest, desired);
        mounts.stream()
                .filter(mount -> !LayoutCheck.isOnOwnLines(manifest, mount.map().node()))
                .forEach(mount -> problems.add(
                        new ManifestProblem("volumeMounts[" + mount.name() + "]", mount.mountPath(), LAYOUT)));
        var uses = new ContainerPaths(manifest);
        mounts.forEach(mount -> uses.of(mount)
                .ifPresent(value -> problems.add(new ManifestProblem(
                        "volumeMounts[" + mount.name() + "]",
                        mount.mountPath(),
                        "overlaps with a mount that the audit policy needs, and also serves " + value
                                + ": move that to another directory"))));
        return new ForeignAuditParts(flags, mounts, volumes(manifest, mounts, problems), List.copyOf(problems));
    }

    static List<Flag> flags(KubeApiServerManifest manifest) {
        var owned = manifest.ownedFlags();
        return manifest.commandLine().flags().stream()
                .filter(flag -> flag.name().startsWith("audit-"))
                .filter(flag -> !owned.contains(flag.name()))
                .toList();
    }

    /** The foreign mounts that cannot be beside ours. */
    static List<ContainerMount> mounts(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var mounts = ContainerMounts.of(manifest);
        if (manifest.hasOwnershipMarker()) {
            return mounts.without(OwnershipMarkers.VOLUMES).conflictsWith(desired.mounts());
        }
        var conflicts = new LinkedHashSet<>(mounts.conflictsWith(desired.mounts()));
        return mounts.all().stream()
                .filter(mount -> conflicts.contains(mount) || OwnershipMarkers.VOLUMES.contains(mount.name()))
                .toList();
    }

    /** The volumes with our names in a manifest without our annotation. */
    static List<YamlMap> volumesOfOurNames(KubeApiServerManifest manifest) {
        return manifest.hasOwnershipMarker()
                ? List.of()
                : manifest.spec().maps("volumes").stream()
                        .filter(volume -> volume.string("name")
                                .filter(OwnershipMarkers.VOLUMES::contains)
                                .isPresent())
                        .toList();
    }

    private static List<YamlMap> volumes(
            KubeApiServerManifest manifest, List<ContainerMount> removed, List<ManifestProblem> problems) {
        var unmounted = removed.stream().map(ContainerMount::name).collect(toCollection(LinkedHashSet::new));
        unmounted.removeAll(mountedBesides(manifest, removed));
        var named = volumesOfOurNames(manifest);
        var volumes = manifest.spec().maps("volumes").stream()
                .filter(volume ->
                        volume.string("name").filter(unmounted::contains).isPresent() || named.contains(volume))
                .toList();
        var stillMounted = mountedBesides(manifest, removed);
        named.stream()
                .map(volume -> volume.string("name").orElseThrow())
                .filter(stillMounted::contains)
                .forEach(name -> problems.add(new ManifestProblem(
                        "spec.volumes", name, "another container mounts this volume: give it another name")));
        volumes.stream()
                .filter(volume -> !LayoutCheck.isOnOwnLines(manifest, volume.node()))
                .map(volume -> volume.string("name").orElse(""))
                .forEach(name -> problems.add(new ManifestProblem("spec.volumes", name, LAYOUT)));
        return volumes;
    }

    private static Set<String> mountedBesides(KubeApiServerManifest manifest, List<ContainerMount> removed) {
        var nodes = removed.stream().map(mount -> mount.map().node()).toList();
        return CONTAINER_LISTS.stream()
                .flatMap(list -> manifest.spec().maps(list).stream())
                .flatMap(container -> container.maps("volumeMounts").stream())
                .filter(mount -> !nodes.contains(mount.node()))
                .map(mount -> mount.string("name"))
                .flatMap(Optional::stream)
                .collect(toCollection(LinkedHashSet::new));
    }

    boolean isEmpty() {
        return flags.isEmpty() && mounts.isEmpty() && volumes.isEmpty();
    }
}
