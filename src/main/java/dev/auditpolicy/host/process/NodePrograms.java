package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.util.Optional;

/** Other programs on the node that manage static pods. A port, so that tests can simulate a node. */
public interface NodePrograms {

    /** PID of a running kubeadm, which rewrites the static pod manifests in an upgrade. */
    Optional<Long> kubeadm() throws IOException;

    /** The name of a running program that installs packages. */
    Optional<String> packageManager() throws IOException;

    /** When kubelet started. Empty unless exactly one runs. */
    Optional<BootTime> kubeletStartedAt() throws IOException;

    /** Kills kubelet so that its supervisor restarts it. Pods keep running. */
    void restartKubelet() throws IOException;
}
