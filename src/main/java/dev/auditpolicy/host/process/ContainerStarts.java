package dev.auditpolicy.host.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The starts of kube-apiserver's container, from the logs that kubelet keeps of each. A process that ends 0.3 s after
 * its start is seen here also when nobody looked at that moment. A port, so that every call can be made to fail in a
 * test.
 */
public interface ContainerStarts {

    /**
     * A start of the container.
     *
     * @param podUID UID that kubelet gave the static pod
     * @param restarts how often the container had been started in that pod before
     * @param at when it first wrote to its log
     */
    record Start(String podUID, int restarts, Instant at) {

        public Start {
            requireNonNull(podUID, "podUID is null");
            requireNonNull(at, "at is null");
        }
    }

    /** The starts that kubelet still has a log of, oldest first. */
    List<Start> list() throws IOException;

    /** The last line of that start's log in which kube-apiserver tells an error, shortened; empty if there is none. */
    Optional<String> lastError(Start start) throws IOException;
}
