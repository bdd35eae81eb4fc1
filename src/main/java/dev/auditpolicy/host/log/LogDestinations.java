package dev.auditpolicy.host.log;

import java.io.IOException;

/** Where on the node an audit log is to be, before a kube-apiserver writes one there. A port, for tests. */
public interface LogDestinations {

    /**
     * Looks, and touches nothing.
     *
     * @param path of the log
     * @throws IOException when it cannot be looked at
     */
    LogDestination inspect(String path) throws IOException;
}
