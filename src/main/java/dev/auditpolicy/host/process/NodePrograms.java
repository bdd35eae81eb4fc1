package dev.auditpolicy.host.process;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Other programs on the node that manage static pods. A port, so that tests can simulate a node. */
public interface NodePrograms {

    /** PID of a running kubeadm, which rewrites the static pod manifests in an upgrade. */
    Optional<Long> kubeadm() throws IOException;

    /** Start time of kubelet. Empty unless exactly one runs. */
    Optional<Instant> kubeletStartedAt() throws IOException;

    /** Kills kubelet so that its supervisor restarts it. Pods keep running. */
    void restartKubelet() throws IOException;
}
