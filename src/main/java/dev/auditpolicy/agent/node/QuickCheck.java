package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.Optional;

/** Detects changes that no watch reports, without a request to kube-apiserver and cheaply enough to run every 2 s. */
public interface QuickCheck {

    /**
     * A kube-apiserver and its audit log.
     *
     * @param process the newest kube-apiserver
     * @param log what that process writes to
     */
    record Observation(ApiServerProcess process, LogFile log) {}

    /** The current state. Empty if no kube-apiserver runs. */
    Optional<Observation> current() throws IOException;

    /** Whether that process is alive and its log is unchanged. */
    boolean isUnchanged(Observation before) throws IOException;
}
