package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.file.Disk.UnusableFileException;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.kind.ApiServerHost;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Optional;

/** Takes {@link NodeSnapshot}s of the node. */
public final class NodeObserver implements QuickCheck {

    private static final String DEFAULT_SECURE_PORT = "6443";

    private final NodeFiles files;
    private final ApiServerProcesses processes;
    private final ApiServerProbe probe;
    private final AuditLog log;
    private final BusyCheck concurrentChanges;
    private final ApiServerHost host;
    private final NodePaths paths;
    private final String hostAddress;

    /** @param hostAddress address of the node, used when kube-apiserver does not set --advertise-address */
    public NodeObserver(
            NodeFiles files,
            ApiServerProcesses processes,
            ApiServerProbe probe,
            AuditLog log,
            BusyCheck concurrentChanges,
            ApiServerHost host,
            NodePaths paths,
            String hostAddress) {
        this.files = files;
        this.processes = processes;
        this.probe = probe;
        this.log = log;
        this.concurrentChanges = concurrentChanges;
        this.host = host;
        this.paths = paths;
        this.hostAddress = hostAddress;
    }

    public NodeSnapshot observe() throws IOException {
        var running = processes.running();
        var newest = running.stream().findFirst();
        // One that was started with a policy at another path may see this file all the same, in a directory mounted
        // whole.
        var readsPolicy = newest.flatMap(process -> process.flags().value("audit-policy-file"))
                .filter(paths.policy()::equals)
                .isPresent();
        Optional<String> mountedPolicy =
                readsPolicy ? processes.fileSeenBy(newest.orElseThrow(), paths.policy()) : Optional.empty();
        var configuration = Reading.of(files, paths.configuration());
        var policy = Reading.of(files, paths.policy());
        return new NodeSnapshot(
                configuration.image(),
                policy.image(),
                running,
                mountedPolicy,
                notReady(newest),
                concurrentChanges.busy(),
                newest.isPresent() ? logFile(newest.get()) : new LogFile.NotOpen(),
                readsPolicy ? files.touchedAt(paths.policy()) : Optional.empty(),
                configuration.unusable().or(policy::unusable),
                host.unit(configuration.image().map(FileImage::text), newest));
    }

    /** A link at one of the paths is its owner's: no reason to observe nothing. */
    private record Reading(Optional<FileImage> image, Optional<String> unusable) {

        static Reading of(NodeFiles files, String path) throws IOException {
            try {
                return new Reading(files.read(path), Optional.empty());
            } catch (UnusableFileException unusable) {
                return new Reading(Optional.empty(), Optional.ofNullable(unusable.getMessage()));
            }
        }
    }

    private Optional<String> notReady(Optional<ApiServerProcess> newest) {
        return newest.isPresent() ? probe.problem(address(newest.get())) : Optional.of("it does not run");
    }

    @Override
    public Optional<Observation> current() throws IOException {
        var newest = processes.running().stream().findFirst();
        return newest.isPresent()
                ? Optional.of(new Observation(newest.get(), logFile(newest.get())))
                : Optional.empty();
    }

    @Override
    public boolean isUnchanged(Observation before) throws IOException {
        return processes.isAlive(before.process()) && logFile(before.process()).equals(before.log());
    }

    /** A process that logs to stdout, or not at all, has no file. */
    private LogFile logFile(ApiServerProcess process) throws IOException {
        var path = process.flags().value("audit-log-path").filter(value -> value.startsWith("/"));
        return path.isPresent() ? log.file(process, path.get()) : new LogFile.NotOpen();
    }

    /** Host and port on which {@code process} serves. */
    public String address(ApiServerProcess process) {
        var flags = process.flags();
        var host = flags.value("advertise-address").orElse(hostAddress);
        var port = flags.value("secure-port").orElse(DEFAULT_SECURE_PORT);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
