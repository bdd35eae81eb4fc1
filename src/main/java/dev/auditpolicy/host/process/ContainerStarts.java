package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The starts of the kube-apiserver container, from the log that kubelet keeps for each. This also includes processes that exit
 * 0.3 s after their start, which polling would miss. A port, so that tests can fail every call.
 */
public interface ContainerStarts {

    /**
     * A start of the container.
     *
     * @param at time of its first log line
     */
    record Start(StartID id, Instant at) {}

    /** The starts whose processes have written a log that still exists, oldest first. */
    List<Start> list() throws IOException;

    /** The last error in the log of {@code start}, truncated and without credentials. Empty if there is none. */
    Optional<String> lastError(Start start) throws IOException;
}
