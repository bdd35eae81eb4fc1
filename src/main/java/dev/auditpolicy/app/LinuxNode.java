package dev.auditpolicy.app;

import dev.auditpolicy.agent.NodePorts;
import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.LinuxFiles;
import dev.auditpolicy.host.PodLogStarts;
import dev.auditpolicy.host.Presence;
import dev.auditpolicy.host.ProcApiServerProcesses;
import dev.auditpolicy.host.ProcNodePrograms;
import java.time.InstantSource;

/** The node that this process runs on. */
final class LinuxNode {

    private LinuxNode() {}

    static NodePorts ports(ApiServerProbe probe, Presence guard) {
        return new NodePorts(
                new LinuxFiles(),
                new ProcApiServerProcesses(),
                new PodLogStarts(),
                new ProcNodePrograms(),
                probe,
                guard,
                InstantSource.system());
    }
}
