package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.ApiServerProcesses;
import dev.auditpolicy.host.AuditLog;
import dev.auditpolicy.host.ContainerStarts;
import dev.auditpolicy.host.FileChanges;
import dev.auditpolicy.host.LogSites;
import dev.auditpolicy.host.NodeFiles;
import dev.auditpolicy.host.NodePrograms;
import dev.auditpolicy.host.Preflight;
import dev.auditpolicy.host.Presence;
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
        LogSites logSites,
        Presence guard,
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
        requireNonNull(logSites, "logSites is null");
        requireNonNull(guard, "guard is null");
        requireNonNull(changes, "changes is null");
        requireNonNull(clock, "clock is null");
    }
}
