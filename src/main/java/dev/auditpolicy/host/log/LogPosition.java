package dev.auditpolicy.host.log;

/**
 * A place in the audit log that stays the same place when the log is rotated: rotation renames the file and opens another.
 *
 * @param device of the file
 * @param inode of the file
 * @param offset in bytes from its beginning
 */
public record LogPosition(long device, long inode, long offset) {

    /** Where a log begins of which there is no file yet. */
    public static final LogPosition BEGINNING = new LogPosition(0, 0, 0);

    /** Whether both are in one file. */
    public boolean isSameFileAs(LogPosition file) {
        return device == file.device && inode == file.inode;
    }

    LogPosition at(long newOffset) {
        return new LogPosition(device, inode, newOffset);
    }
}
