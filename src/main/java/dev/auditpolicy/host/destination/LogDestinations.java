package dev.auditpolicy.host.destination;

import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;

/** Checks paths for an audit log before kube-apiserver uses them. A port, so that tests can simulate a node. */
public interface LogDestinations {

    /**
     * Inspects a path without changing anything.
     *
     * @param path of the log
     * @param user as whom kube-apiserver will write it
     * @throws IOException if the path cannot be inspected
     */
    LogDestination inspect(String path, ProcessUser user) throws IOException;
}
