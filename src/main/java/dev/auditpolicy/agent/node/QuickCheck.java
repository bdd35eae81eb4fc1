package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.Optional;

/** What no watch tells of, seen without a request to kube-apiserver and cheap enough for every other second. */
public interface QuickCheck {

    /**
     * A kube-apiserver and what it writes to.
     *
     * @param process the newest
     * @param log of that process
     */
    record Glance(ApiServerProcess process, LogFile log) {

        public Glance {
            requireNonNull(process, "process is null");
            requireNonNull(log, "log is null");
        }
    }

    /** How the node is now; empty when it runs no kube-apiserver. */
    Optional<Glance> glance() throws IOException;

    /** Whether that process lives, and its log is what it was. */
    boolean isStill(Glance seen) throws IOException;
}
