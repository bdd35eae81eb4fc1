package dev.auditpolicy.host.log;

/**
 * A position in the audit log. It remains valid after a rotation, which renames the file and opens another one.
 *
 * @param device of the file
 * @param inode of the file
 * @param offset in bytes
 */
public record LogPosition(long device, long inode, long offset) {

    /** The beginning of a log that has no file yet. */
    public static final LogPosition BEGINNING = new LogPosition(0, 0, 0);

    /** Whether both are in the same file. */
    public boolean isSameFileAs(LogPosition other) {
        return device == other.device && inode == other.inode;
    }

    LogPosition at(long newOffset) {
        return new LogPosition(device, inode, newOffset);
    }
}
