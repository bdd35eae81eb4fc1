package dev.auditpolicy.app;

import dev.auditpolicy.agent.NodePorts;
import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.InotifyFileChanges;
import dev.auditpolicy.host.LinuxDisk;
import dev.auditpolicy.host.NodeFiles;
import dev.auditpolicy.host.PodLogStarts;
import dev.auditpolicy.host.Presence;
import dev.auditpolicy.host.ProcApiServerProcesses;
import dev.auditpolicy.host.ProcAuditLog;
import dev.auditpolicy.host.ProcLogSites;
import dev.auditpolicy.host.ProcNodePrograms;
import dev.auditpolicy.host.ProcPreflight;
import java.time.InstantSource;

/** The node that this process runs on. */
final class LinuxNode {

    private LinuxNode() {}

    static NodePorts ports(ApiServerProbe probe, Presence guard) {
        return new NodePorts(
                new NodeFiles(new LinuxDisk()),
                new ProcApiServerProcesses(),
                new PodLogStarts(),
                new ProcNodePrograms(),
                new ProcPreflight(),
                probe,
                new ProcAuditLog(),
                new ProcLogSites(),
                guard,
                new InotifyFileChanges(),
                InstantSource.system());
    }
}
