package dev.auditpolicy.host.destination;

import java.io.IOException;

/** Checks paths for an audit log before kube-apiserver uses them. A port, so that tests can simulate a node. */
public interface LogDestinations {

    /**
     * Inspects a path without changing anything.
     *
     * @param path of the log
     * @throws IOException if the path cannot be inspected
     */
    LogDestination inspect(String path) throws IOException;
}
