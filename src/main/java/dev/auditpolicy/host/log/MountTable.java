package dev.auditpolicy.host.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The mounts of a process, from the text of {@code /proc/PID/mountinfo} (proc(5)). */
public record MountTable(String text) {

    private static final int OPTIONS = 5;
    private static final int MOUNT_POINT = 4;

    /** The mount point of {@code path}, if it is read-only. */
    public Optional<String> readOnlyMountOf(String path) {
        return text.lines()
                .map(line -> List.of(line.split(" ")))
                .filter(fields -> fields.size() > OPTIONS && contains(fields.get(MOUNT_POINT), path))
                // The later of two mounts on the same mount point hides the earlier one.
                .reduce((one, other) ->
                        other.get(MOUNT_POINT).length() >= one.get(MOUNT_POINT).length() ? other : one)
                .filter(MountTable::isReadOnly)
                .map(fields -> fields.get(MOUNT_POINT));
    }

    private static boolean contains(String mountPoint, String path) {
        return mountPoint.equals("/") || path.equals(mountPoint) || path.startsWith(mountPoint + "/");
    }

    /** Either the mount or its file system is read-only. The last field contains the options of the file system. */
    private static boolean isReadOnly(List<String> fields) {
        return hasReadOnlyOption(fields.get(OPTIONS)) || hasReadOnlyOption(fields.getLast());
    }

    private static boolean hasReadOnlyOption(String options) {
        return Arrays.asList(options.split(",")).contains("ro");
    }
}
