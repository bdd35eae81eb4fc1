package dev.auditpolicy.manifest;

import static java.util.Comparator.comparingInt;

import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The mounts of the kube-apiserver container, and the paths in it that each of them serves. */
record ContainerMounts(List<ContainerMount> all) {

    /**
     * One mount.
     *
     * @param directory its path in the container with a '/' at the end
     * @param host the path on the host, likewise; empty if that is not known
     */
    record ContainerMount(YamlMap map, String name, String mountPath, String directory, Optional<String> host) {

        private boolean isWritable() {
            return map.string("readOnly")
                    .filter(value -> !value.equals("false"))
                    .isEmpty();
        }

        /** Whether {@code path} is at the same path on the host. */
        private boolean servesAtSamePath(String path) {
            return hostPath(path).filter(path::equals).isPresent();
        }

        /** Where on the host the file at {@code path}, which this mount serves, is. */
        Optional<String> hostPath(String path) {
            var rest = path.length() < directory.length() ? "" : path.substring(directory.length());
            return host.map(
                    from -> rest.isEmpty() && !path.endsWith("/") ? from.substring(0, from.length() - 1) : from + rest);
        }
    }

    static ContainerMounts of(KubeApiServerManifest manifest) {
        var hosts = new HashMap<String, String>(manifest.hostPaths());
        var mounts = new ArrayList<ContainerMount>();
        for (var map : manifest.container().maps("volumeMounts")) {
            var mountPath = map.string("mountPath").orElse("");
            var name = map.string("name").orElse("");
            // PodCheck reports a path that is not absolute.
            if (mountPath.startsWith("/")) {
                mounts.add(new ContainerMount(
                        map,
                        name,
                        mountPath,
                        directory(mountPath),
                        Optional.ofNullable(hosts.get(name))
                                .filter(_ -> map.get("subPathExpr").isEmpty())
                                .map(host -> directory(host + "/" + subPath(map)))));
            }
        }
        return new ContainerMounts(List.copyOf(mounts));
    }

    private static String subPath(YamlMap mount) {
        return mount.string("subPath").orElse("");
    }

    /** The mounts of volumes that are not in {@code names}. */
    ContainerMounts without(Set<String> names) {
        return new ContainerMounts(
                all.stream().filter(mount -> !names.contains(mount.name())).toList());
    }

    /** The mount through which the container reads {@code path}. */
    Optional<ContainerMount> serving(String path) {
        var directory = directory(path);
        return all.stream()
                .filter(mount -> directory.startsWith(mount.directory()))
                .max(comparingInt(mount -> mount.directory().length()));
    }

    /** Whether one mount serves just the policy file, and one the directory of the log, or one above. */
    boolean serveAsOurs(String policy, String log) {
        return serving(policy)
                        .filter(mount -> mount.directory().equals(directory(policy)))
                        .filter(mount -> mount.servesAtSamePath(policy))
                        .isPresent()
                && serving(log)
                        .filter(mount -> !mount.directory().equals(directory(log)))
                        .filter(mount -> mount.isWritable() && mount.servesAtSamePath(log))
                        .isPresent();
    }

    /**
     * The mounts that cannot be beside ours: those at or below one of our paths, and those that contain one and have another
     * directory of the host there, in which the runtime would create our mount point. A directory that is mounted whole at its
     * own path, such as /etc/kubernetes, serves our path already, and ours is mounted in it. One that a conflicting mount hides
     * counts as soon as that is gone.
     */
    List<ContainerMount> conflictsWith(List<OwnedItem> ours) {
        var conflicts = new HashSet<ContainerMount>();
        for (var our : ours) {
            var path = directory(our.path());
            all.stream().filter(mount -> mount.directory().startsWith(path)).forEach(conflicts::add);
            var outer = besides(conflicts).conflictingWith(path);
            while (outer.isPresent()) {
                conflicts.add(outer.get());
                outer = besides(conflicts).conflictingWith(path);
            }
        }
        return all.stream().filter(conflicts::contains).toList();
    }

    private ContainerMounts besides(Set<ContainerMount> others) {
        return new ContainerMounts(
                all.stream().filter(mount -> !others.contains(mount)).toList());
    }

    private Optional<ContainerMount> conflictingWith(String directory) {
        return serving(directory).filter(mount -> !mount.servesAtSamePath(directory));
    }

    private static String directory(String path) {
        return (path + "/").replaceAll("/+", "/");
    }
}
