package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.unit.UnitState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The observed state of the node.
 *
 * @param configuration the static pod manifest of kube-apiserver, or our drop-in of its unit
 * @param policy the audit policy file on disk
 * @param processes live kube-apiserver processes, newest first
 * @param mountedPolicy text of the policy file that the newest process has mounted
 * @param notReady why the node's kube-apiserver does not answer /readyz with 200; empty if it does
 * @param busy why the node must not be changed now
 * @param log the file to which the newest process writes its audit log
 * @param policyTouchedAt when anything about the audit policy file on disk last changed
 * @param unusable why one of the two files, which is empty then, cannot be changed
 * @param unit the unit that starts kube-apiserver; empty if kubelet does
 */
public record NodeSnapshot(
        Optional<FileImage> configuration,
        Optional<FileImage> policy,
        List<ApiServerProcess> processes,
        Optional<String> mountedPolicy,
        Optional<String> notReady,
        Optional<String> busy,
        LogFile log,
        Optional<Instant> policyTouchedAt,
        Optional<String> unusable,
        Optional<UnitState> unit) {

    public NodeSnapshot {
        processes = List.copyOf(processes);
    }

    /** The static pod manifest; empty if a unit starts kube-apiserver. */
    public Optional<FileImage> manifest() {
        return unit.isPresent() ? Optional.empty() : configuration;
    }

    /** The audit flags of the newest process, without those of the unit that our drop-in keeps without effect. */
    public Map<String, String> auditFlags() {
        var flags = flags().audit();
        return unit.map(state -> state.effective(flags)).orElse(flags);
    }

    /** The flags of the newest process; none if no process runs. */
    public Flags flags() {
        return newest().map(ApiServerProcess::flags).orElseGet(() -> new Flags(List.of()));
    }

    /** A snapshot of a node whose kube-apiserver, if it is not ready, does not respond. */
    public NodeSnapshot(
            Optional<FileImage> manifest,
            Optional<FileImage> policy,
            List<ApiServerProcess> processes,
            Optional<String> mountedPolicy,
            boolean ready,
            Optional<String> busy,
            LogFile log) {
        this(
                manifest,
                policy,
                processes,
                mountedPolicy,
                ready ? Optional.empty() : Optional.of("no response"),
                busy,
                log,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a unit has started the process with another command than that of our drop-in. */
    public boolean runsAnotherCommand() {
        return unit.filter(UnitState::runsAnotherCommand).isPresent();
    }

    /** This snapshot with another drop-in of ours on the disk; the same without a unit. */
    public NodeSnapshot withDropIn(Optional<FileImage> dropIn) {
        return unit.isEmpty()
                ? this
                : new NodeSnapshot(
                        dropIn,
                        policy,
                        processes,
                        mountedPolicy,
                        notReady,
                        busy,
                        log,
                        policyTouchedAt,
                        unusable,
                        unit.map(state -> state.withDropIn(dropIn.map(FileImage::text))));
    }

    /** Whether the node's kube-apiserver answers /readyz with 200. */
    public boolean ready() {
        return notReady.isEmpty();
    }

    /** The process that serves, or that will serve. */
    public Optional<ApiServerProcess> newest() {
        return processes.stream().findFirst();
    }
}
