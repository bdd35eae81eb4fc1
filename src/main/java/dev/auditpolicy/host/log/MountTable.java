package dev.auditpolicy.host.log;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is mounted where, from the text of a {@code /proc/PID/mountinfo} (proc(5)). */
record MountTable(String text) {

    private static final int OPTIONS = 5;
    private static final int MOUNT_POINT = 4;

    MountTable {
        requireNonNull(text, "text is null");
    }

    /** The mount point whose file system {@code path} is on, if nothing can be written to it. */
    Optional<String> readOnlyMountOf(String path) {
        return text.lines()
                .map(line -> List.of(line.split(" ")))
                .filter(fields -> fields.size() > OPTIONS && isAbove(fields.get(MOUNT_POINT), path))
                // Of two on the same mount point the later one hides the other.
                .reduce((one, other) ->
                        other.get(MOUNT_POINT).length() >= one.get(MOUNT_POINT).length() ? other : one)
                .filter(MountTable::isReadOnly)
                .map(fields -> fields.get(MOUNT_POINT));
    }

    private static boolean isAbove(String mountPoint, String path) {
        return mountPoint.equals("/") || path.equals(mountPoint) || path.startsWith(mountPoint + "/");
    }

    /** A mount is read-only by itself, or because its file system is; the last field has the options of that. */
    private static boolean isReadOnly(List<String> fields) {
        return hasOption(fields.get(OPTIONS)) || hasOption(fields.getLast());
    }

    private static boolean hasOption(String options) {
        return Arrays.asList(options.split(",")).contains("ro");
    }
}
