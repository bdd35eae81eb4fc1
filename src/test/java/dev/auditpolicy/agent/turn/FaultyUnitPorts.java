package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.host.file.Disk;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.kind.UnitHost;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.systemd.CommandLines;
import dev.auditpolicy.host.systemd.Systemd;
import dev.auditpolicy.host.systemd.UnitLog;
import dev.auditpolicy.host.systemd.UnitStarts;

/** The ports of a host with a unit, of which one call fails or ends the agent. */
record FaultyUnitPorts(SimulatedUnitHost simulated, FaultyCalls calls) {

    NodeContext context() {
        var files = new NodeFiles(calls.of(Disk.class, simulated.disk()));
        var systemd = calls.of(Systemd.class, simulated.systemd());
        var programs = faulty(NodePrograms.class);
        var processes = calls.of(ApiServerProcesses.class, new SimulatedUnitProcesses(simulated));
        var host = new UnitHost(LoadedUnit.NAME, systemd, faulty(CommandLines.class), files, programs);
        var paths = NodePaths.ofUnit(LoadedUnit.NAME);
        return new NodeContext(
                files,
                processes,
                new UnitStarts(systemd, LoadedUnit.NAME, faulty(UnitLog.class)),
                programs,
                new NodeObserver(
                        files,
                        processes,
                        faulty(ApiServerProbe.class),
                        faulty(AuditLog.class),
                        host::busy,
                        host,
                        paths,
                        "192.0.2.1"),
                host,
                paths,
                new Hold(files, Hold.PATH),
                Guard.NONE,
                simulated.clock()::wall,
                simulated.clock()::ticks,
                simulated::pass);
    }

    private <T> T faulty(Class<T> port) {
        return calls.of(port, simulated);
    }
}
