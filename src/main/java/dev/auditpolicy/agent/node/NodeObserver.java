package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.manifest.flags.Flags;
import java.io.IOException;
import java.util.Optional;

/** Takes {@link NodeSnapshot}s of the node. */
public final class NodeObserver implements QuickCheck {

    private static final String DEFAULT_SECURE_PORT = "6443";

    private final NodeFiles files;
    private final ApiServerProcesses processes;
    private final ApiServerProbe probe;
    private final AuditLog log;
    private final ConcurrentChangeDetector neighbours;
    private final NodePaths paths;
    private final String hostAddress;

    /** @param hostAddress address of the node, for a kube-apiserver that advertises none of its own */
    public NodeObserver(
            NodeFiles files,
            ApiServerProcesses processes,
            ApiServerProbe probe,
            AuditLog log,
            ConcurrentChangeDetector neighbours,
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

    public NodeSnapshot observe() throws IOException {
        var running = processes.running();
        var newest = running.stream().findFirst();
        Optional<String> mountedPolicy =
                newest.isPresent() ? processes.fileSeenBy(newest.get(), paths.policy()) : Optional.empty();
        return new NodeSnapshot(
                files.read(paths.manifest()),
                files.read(paths.policy()),
                running,
                mountedPolicy,
                newest.map(this::address).filter(probe::isReady).isPresent(),
                neighbours.busy(),
                newest.isPresent() ? logFile(newest.get()) : new LogFile.NotOpen());
    }

    @Override
    public Optional<Glance> glance() throws IOException {
        var newest = processes.running().stream().findFirst();
        return newest.isPresent() ? Optional.of(new Glance(newest.get(), logFile(newest.get()))) : Optional.empty();
    }

    @Override
    public boolean isStill(Glance seen) throws IOException {
        return processes.isAlive(seen.process()) && logFile(seen.process()).equals(seen.log());
    }

    /** Of a process that logs to no file, or to stdout, there is nothing to lose. */
    private LogFile logFile(ApiServerProcess process) throws IOException {
        var path = process.flags().value("audit-log-path").filter(value -> value.startsWith("/"));
        return path.isPresent() ? log.file(process, path.get()) : new LogFile.NotOpen();
    }

    /** Host and port that {@code process} serves on. */
    public String address(ApiServerProcess process) {
        var flags = process.flags();
        var host = flags.value("advertise-address").orElse(hostAddress);
        var port = flags.value("secure-port").orElse(DEFAULT_SECURE_PORT);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
