package dev.auditpolicy.app;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodePorts;
import dev.auditpolicy.host.destination.ProcLogDestinations;
import dev.auditpolicy.host.file.InotifyFileChanges;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.kind.ApiServerHost;
import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.host.kind.UnitHost;
import dev.auditpolicy.host.log.ProcAuditLog;
import dev.auditpolicy.host.log.ProcLogPermissions;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.PodLogStarts;
import dev.auditpolicy.host.process.ProcApiServerProcesses;
import dev.auditpolicy.host.process.ProcNodePrograms;
import dev.auditpolicy.host.process.ProcPreflight;
import dev.auditpolicy.host.process.ProcTicker;
import dev.auditpolicy.host.program.CopiedProgram;
import dev.auditpolicy.host.survey.ProcHostSurvey;
import dev.auditpolicy.host.systemd.DBusSystemd;
import dev.auditpolicy.host.systemd.JournalctlLog;
import dev.auditpolicy.host.systemd.Systemd;
import dev.auditpolicy.host.systemd.UnitProcesses;
import dev.auditpolicy.host.systemd.UnitPrograms;
import dev.auditpolicy.host.systemd.UnitStarts;
import dev.auditpolicy.webhook.probe.SinkProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The node on which this process runs.
 *
 * @param paths of its files
 */
record LinuxNode(ApiServerHost host, NodePaths paths) {

    private static final String DEFAULT_UNIT = "kube-apiserver.service";

    static LinuxNode ofStaticPods() {
        return new LinuxNode(new StaticPodHost(), NodePaths.kubeadm());
    }

    /** The node as it is found: without a manifest, systemd is asked for {@code unit}, or for one with the usual name. */
    static LinuxNode find(@Nullable String unit) throws IOException {
        var staticPods = ofStaticPods();
        var systemd = new DBusSystemd();
        if (unit != null) {
            return ofUnit(systemd.report(unit).id(), systemd);
        }
        if (hasManifest(staticPods) || !systemd.isPresent()) {
            return staticPods;
        }
        var usual = systemd.report(DEFAULT_UNIT);
        return usual.isLoaded() ? ofUnit(usual.id(), systemd) : staticPods;
    }

    private static boolean hasManifest(LinuxNode node) throws IOException {
        return new NodeFiles(new LinuxDisk())
                .changedAt(node.paths().configuration())
                .isPresent();
    }

    private static LinuxNode ofUnit(String name, Systemd systemd) {
        var programs = new UnitPrograms(new ProcNodePrograms());
        return new LinuxNode(
                new UnitHost(name, systemd, processes(name, systemd), new NodeFiles(new LinuxDisk()), programs),
                NodePaths.ofUnit(name));
    }

    private static UnitProcesses processes(String unit, Systemd systemd) {
        return new UnitProcesses(systemd, unit, new ProcTicker(), InstantSource.system());
    }

    NodePorts ports(ApiServerProbe probe, ProcessPresence guard) {
        return switch (host) {
            case StaticPodHost _ ->
                ports(new ProcApiServerProcesses(), new PodLogStarts(), new ProcNodePrograms(), probe, guard);
            case UnitHost unit ->
                ports(
                        processes(unit.name(), unit.systemd()),
                        new UnitStarts(unit.systemd(), unit.name(), new JournalctlLog()),
                        unit.programs(),
                        probe,
                        guard);
        };
    }

    private NodePorts ports(
            ApiServerProcesses processes,
            ContainerStarts starts,
            NodePrograms programs,
            ApiServerProbe probe,
            ProcessPresence guard) {
        return new NodePorts(
                host,
                new NodeFiles(new LinuxDisk()),
                processes,
                starts,
                programs,
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
                new SinkProbe()::probe,
                InstantSource.system(),
                new ProcTicker());
    }
}
