package dev.auditpolicy.host.file;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the journal, the locks and the hold. kubelet creates it with mode 0755, with which any local user could open a
 * lock and hold it: that would block the agent, or pass for the guard.
 */
public final class StateDirectory {

    /** The path on every node. */
    public static final String PATH = "/var/lib/auditpolicy";

    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

    private final Path path;

    public StateDirectory(String path) {
        this.path = Path.of(path);
    }

    /** Lets only the owner enter the directory. A failure is logged: a guard must also run if the disk is read-only. */
    public void protect() {
        try {
            if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("directory", path)
                    .addKeyValue("reason", failure)
                    .log("Cannot set the mode of the state directory to 0700");
        }
    }
}
