package dev.auditpolicy.cli.apiserver;

import static java.util.Comparator.comparingInt;

import dev.auditpolicy.policy.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a file of a container is on the host. */
public sealed interface HostFile {

    /** In a directory of the host, or a file of the host itself. */
    record OnHost(String path, String volume, String mountPath) implements HostFile {

        /** Whether the container has the file at the same place. */
        public boolean isSamePathAs(String containerPath) {
            return path.equals(containerPath);
        }

        /** Whether a mount of the file's directory at its own path would hide this mount or be hidden by it. */
        public boolean overlapsWithItself() {
            String directory = asDirectory(path.substring(0, path.lastIndexOf('/')));
            String mount = asDirectory(mountPath);
            return directory.startsWith(mount) || mount.startsWith(directory);
        }
    }

    /** In a volume of another type, which the host does not have at a known place. */
    record Elsewhere(String volume) implements HostFile {}

    /** In the file system of the container, which is lost with it. */
    record InContainer() implements HostFile {}

    /** Follows the innermost mount. */
    static HostFile of(ApiServerPod pod, String path) {
        Optional<Tree> mount = Trees.items(pod.container(), "volumeMounts")
                .filter(candidate -> asDirectory(path).startsWith(asDirectory(mountPath(candidate))))
                .max(comparingInt(candidate -> asDirectory(mountPath(candidate)).length()));
        if (mount.isEmpty()) {
            return new InContainer();
        }
        String volume = Trees.text(mount.get(), "name").orElse("");
        String mountPath = mountPath(mount.get());
        List<String> hostPaths = Trees.items(pod.podSpec(), "volumes")
                .filter(candidate -> Trees.text(candidate, "name").equals(Optional.of(volume)))
                .flatMap(candidate -> candidate.field("hostPath").stream())
                .flatMap(hostPath -> Trees.text(hostPath, "path").stream())
                .toList();
        if (hostPaths.isEmpty() || mount.get().field("subPathExpr").isPresent()) {
            return new Elsewhere(volume);
        }
        String inVolume = asDirectory(path).substring(asDirectory(mountPath).length());
        String onHost = Stream.of(
                        hostPaths.getFirst(), Trees.text(mount.get(), "subPath").orElse(""), inVolume)
                .map(HostFile::asDirectory)
                .reduce("", String::concat);
        return new OnHost(withoutEnd(asDirectory(onHost)), volume, mountPath);
    }

    private static String mountPath(Tree mount) {
        return Trees.text(mount, "mountPath").orElse("");
    }

    private static String asDirectory(String path) {
        return (path + "/").replaceAll("/+", "/");
    }

    private static String withoutEnd(String directory) {
        return directory.substring(0, directory.length() - 1);
    }
}
