package dev.auditpolicy.host;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The starts of kube-apiserver's container, from the logs that kubelet keeps of each. A process that ends 0.3 s after
 * its start is seen here also when nobody looked at that moment. A port, so that every call can be made to fail in a
 * test.
 */
public interface ContainerStarts {

    /** One name for each start that kubelet still has a log of. */
    Set<String> seen() throws IOException;

    /** The last line of that start's log in which kube-apiserver tells an error, shortened; empty if there is none. */
    Optional<String> lastError(String start) throws IOException;
}
