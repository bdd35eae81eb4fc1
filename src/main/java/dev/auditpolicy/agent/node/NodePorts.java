package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogDestinations;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Preflight;
import java.time.InstantSource;

/**
 * All by which the agent and the guard touch their node.
 *
 * @param guard whether a guard is alive on the node
 */
public record NodePorts(
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        NodePrograms programs,
        Preflight preflight,
        ApiServerProbe probe,
        AuditLog log,
        LogDestinations logDestinations,
        ProcessPresence guard,
        FileChanges changes,
        InstantSource clock) {

    public NodePorts {
        requireNonNull(files, "files is null");
        requireNonNull(processes, "processes is null");
        requireNonNull(starts, "starts is null");
        requireNonNull(programs, "programs is null");
        requireNonNull(preflight, "preflight is null");
        requireNonNull(probe, "probe is null");
        requireNonNull(log, "log is null");
        requireNonNull(logDestinations, "logDestinations is null");
        requireNonNull(guard, "guard is null");
        requireNonNull(changes, "changes is null");
        requireNonNull(clock, "clock is null");
    }
}
