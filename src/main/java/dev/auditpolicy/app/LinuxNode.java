package dev.auditpolicy.app;

import dev.auditpolicy.agent.node.NodePorts;
import dev.auditpolicy.host.destination.ProcLogDestinations;
import dev.auditpolicy.host.file.InotifyFileChanges;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.log.ProcAuditLog;
import dev.auditpolicy.host.log.ProcLogPermissions;
import dev.auditpolicy.host.process.PodLogStarts;
import dev.auditpolicy.host.process.ProcApiServerProcesses;
import dev.auditpolicy.host.process.ProcNodePrograms;
import dev.auditpolicy.host.process.ProcPreflight;
import dev.auditpolicy.host.process.ProcTicker;
import dev.auditpolicy.host.program.CopiedProgram;
import dev.auditpolicy.host.survey.ProcHostSurvey;
import java.nio.file.Path;
import java.time.InstantSource;

/** The ports of the node on which this process runs. */
final class LinuxNode {

    private LinuxNode() {}

    static NodePorts ports(ApiServerProbe probe, ProcessPresence guard) {
        return new NodePorts(
                new NodeFiles(new LinuxDisk()),
                new ProcApiServerProcesses(),
                new PodLogStarts(),
                new ProcNodePrograms(),
                new ProcPreflight(),
                probe,
                new ProcAuditLog(),
                new ProcLogPermissions(),
                new ProcLogDestinations(),
                new ProcHostSurvey(),
                guard,
                new CopiedProgram(
                        Path.of(System.getProperty("java.home")),
                        Path.of(System.getProperty("java.class.path")).toAbsolutePath()),
                new InotifyFileChanges(),
                InstantSource.system(),
                new ProcTicker());
    }
}
