package dev.auditpolicy.host.process;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Programs of the node that touch what the agent touches. A port, so that a simulated node can have them. */
public interface NodePrograms {

    /** Pid of a kubeadm that is running: it rewrites the static pod manifests in an upgrade. */
    Optional<Long> kubeadm() throws IOException;

    /** When the node's kubelet was started; empty when there is none, or more than one. */
    Optional<Instant> kubeletStartedAt() throws IOException;

    /** Ends kubelet, so that its supervisor starts it again. Pods keep running meanwhile. */
    void restartKubelet() throws IOException;
}
