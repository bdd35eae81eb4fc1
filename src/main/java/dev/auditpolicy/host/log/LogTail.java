package dev.auditpolicy.host.log;

import java.time.Instant;

/**
 * The last bytes of an audit log before a position. kube-apiserver only appends, so they stay as they are.
 *
 * @param createdAt of the file: inode numbers are reused
 * @param bytes shorter if the file is
 */
public record LogTail(Instant createdAt, String bytes) {

    /** Whether another process truncated or overwrote the file between this look and a later one at the same position. */
    public boolean wasDestroyedBefore(LogTail later) {
        return createdAt.equals(later.createdAt) && !bytes.equals(later.bytes);
    }
}
