package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.ApiServerProbe;
import dev.auditpolicy.host.ApiServerProcess;
import dev.auditpolicy.host.ApiServerProcesses;
import dev.auditpolicy.host.AuditLog;
import dev.auditpolicy.host.LogFile;
import dev.auditpolicy.host.NodeFiles;
import dev.auditpolicy.manifest.Flags;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes {@link Snapshot}s of the node. */
final class NodeObserver {

    private static final String DEFAULT_SECURE_PORT = "6443";

    private final NodeFiles files;
    private final ApiServerProcesses processes;
    private final ApiServerProbe probe;
    private final AuditLog log;
    private final Neighbours neighbours;
    private final NodePaths paths;
    private final String hostAddress;

    /** @param hostAddress address of the node, for a kube-apiserver that advertises none of its own */
    NodeObserver(
            NodeFiles files,
            ApiServerProcesses processes,
            ApiServerProbe probe,
            AuditLog log,
            Neighbours neighbours,
            NodePaths paths,
            String hostAddress) {
        this.files = requireNonNull(files, "files is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.probe = requireNonNull(probe, "probe is null");
        this.log = requireNonNull(log, "log is null");
        this.neighbours = requireNonNull(neighbours, "neighbours is null");
        this.paths = requireNonNull(paths, "paths is null");
        this.hostAddress = requireNonNull(hostAddress, "hostAddress is null");
    }

    Snapshot observe() throws IOException {
        var running = processes.running();
        var newest = running.stream().findFirst();
        Optional<String> policySeen =
                newest.isPresent() ? processes.fileSeenBy(newest.get(), paths.policy()) : Optional.empty();
        return new Snapshot(
                files.read(paths.manifest()),
                files.read(paths.policy()),
                running,
                policySeen,
                newest.map(this::address).filter(probe::isReady).isPresent(),
                neighbours.busy(),
                newest.isPresent() ? logFile(newest.get()) : new LogFile.NotOpen());
    }

    /**
     * What can end without a file that is watched being changed, and is seen without a request to kube-apiserver.
     *
     * @param processes as a {@link Snapshot} has them
     * @param log as a {@link Snapshot} has it
     */
    record Glance(List<ApiServerProcess> processes, LogFile log) {}

    Glance glance() throws IOException {
        var running = processes.running();
        return new Glance(running, running.isEmpty() ? new LogFile.NotOpen() : logFile(running.getFirst()));
    }

    /** Of a process that logs to no file, or to stdout, there is nothing to lose. */
    private LogFile logFile(ApiServerProcess process) throws IOException {
        var path = Flags.of(process.commandLine()).value("audit-log-path").filter(value -> value.startsWith("/"));
        return path.isPresent() ? log.file(process, path.get()) : new LogFile.NotOpen();
    }

    /** Host and port that {@code process} serves on. */
    String address(ApiServerProcess process) {
        var flags = Flags.of(process.commandLine());
        var host = flags.value("advertise-address").orElse(hostAddress);
        var port = flags.value("secure-port").orElse(DEFAULT_SECURE_PORT);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
