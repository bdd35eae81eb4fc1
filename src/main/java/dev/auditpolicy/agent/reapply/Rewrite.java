package dev.auditpolicy.agent.reapply;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import java.util.List;
import java.util.Optional;

/**
 * A manifest without any part of this operator, and the node around it.
 *
 * @param policy the policy file on disk
 * @param processes live kube-apiserver processes, newest first: usually that of the manifest before
 * @param kubeadm pid of the kubeadm that has written it; empty if none was seen
 * @param standing of the node before
 */
record Rewrite(
        FileImage manifest,
        Optional<FileImage> policy,
        List<ApiServerProcess> processes,
        Optional<Long> kubeadm,
        Standing standing) {

    Rewrite {
        processes = List.copyOf(processes);
    }
}
