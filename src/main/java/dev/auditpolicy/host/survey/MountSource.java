package dev.auditpolicy.host.survey;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mounts of a process, from the text of {@code /proc/PID/mountinfo} (proc(5)), as the way from a path in one mount
 * namespace to the same file in another.
 *
 * @param mounts in the order of the text: a later one hides an earlier one on the same mount point
 */
record MountSource(List<Mount> mounts) {

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int DEVICE = 2;
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /** @param root the path of the mount point's content on its device */
    record Mount(String device, String root, String mountPoint) {

        private boolean isRoot() {
            return mountPoint.equals("/");
        }

        private Optional<String> onDevice(String path) {
            return below(mountPoint, path).map(rest -> join(root, rest));
        }

        private Optional<String> inNamespace(String pathOnDevice) {
            return below(root, pathOnDevice).map(rest -> join(mountPoint, rest));
        }
    }

    static MountSource of(String mountinfo) {
        var mounts = new ArrayList<Mount>();
        mountinfo
                .lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > MOUNT_POINT)
                .forEach(fields ->
                        mounts.add(new Mount(fields[DEVICE], unescape(fields[ROOT]), unescape(fields[MOUNT_POINT]))));
        return new MountSource(List.copyOf(mounts));
    }

    /**
     * The path in {@code node} of the file that is {@code path} here. Empty if the file is in the root file system of a
     * container, which no path of the node should name. A service of the node has the root of the node.
     */
    Optional<String> pathOn(MountSource node, String path) {
        return mountOf(path)
                .filter(mount -> !mount.isRoot() || node.mounts.contains(mount))
                .flatMap(mount -> mount.onDevice(path).flatMap(onDevice -> node.mounts.stream()
                        .filter(other -> other.device().equals(mount.device()))
                        .flatMap(other -> other.inNamespace(onDevice).stream())
                        // Copies below /var/lib/kubelet are longer than the original.
                        .min(comparingInt(String::length))));
    }

    private Optional<Mount> mountOf(String path) {
        return mounts.stream()
                .filter(mount -> below(mount.mountPoint(), path).isPresent())
                .reduce((one, other) ->
                        other.mountPoint().length() >= one.mountPoint().length() ? other : one);
    }

    /** The rest of {@code path} below {@code directory}, with its leading slash; empty text for the directory itself. */
    private static Optional<String> below(String directory, String path) {
        if (directory.equals("/")) {
            return Optional.of(path.equals("/") ? "" : path);
        }
        return path.equals(directory) || path.startsWith(directory + "/")
                ? Optional.of(path.substring(directory.length()))
                : Optional.empty();
    }

    private static String join(String directory, String rest) {
        var joined = directory.equals("/") ? rest : directory + rest;
        return joined.isEmpty() ? "/" : joined;
    }

    /** The kernel writes space, tab, line feed and backslash as octal numbers. */
    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 8))));
    }
}
