package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import java.util.List;
import java.util.Optional;

/**
 * The node at one moment.
 *
 * @param manifest kube-apiserver's static pod manifest
 * @param policy the audit policy file on disk
 * @param processes live kube-apiservers of static pods, newest first
 * @param mountedPolicy the policy file as the newest process has it mounted
 * @param ready whether the node's kube-apiserver answers /readyz with 200
 * @param busy why the node is to be left alone for now
 * @param log what the newest process writes its audit log to
 */
public record NodeSnapshot(
        Optional<FileImage> manifest,
        Optional<FileImage> policy,
        List<ApiServerProcess> processes,
        Optional<String> mountedPolicy,
        boolean ready,
        Optional<String> busy,
        LogFile log) {

    public NodeSnapshot {
        requireNonNull(manifest, "manifest is null");
        requireNonNull(policy, "policy is null");
        processes = List.copyOf(processes);
        requireNonNull(mountedPolicy, "mountedPolicy is null");
        requireNonNull(busy, "busy is null");
        requireNonNull(log, "log is null");
    }

    /** The process that serves, or will. */
    public Optional<ApiServerProcess> newest() {
        return processes.stream().findFirst();
    }
}
