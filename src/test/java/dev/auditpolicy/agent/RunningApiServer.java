package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.host.destination.LogDestination;
import dev.auditpolicy.host.destination.LogDestinations;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.http.CallerIdentity;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.log.LogTail;
import dev.auditpolicy.host.log.LogText;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of a node on which a kube-apiserver runs for ever. Every attempt to change something fails. */
final class RunningApiServer
        implements ApiServerProcesses,
                ApiServerProbe,
                AuditLog,
                ContainerStarts,
                NodePrograms,
                Guard,
                Preflight,
                LogDestinations,
                AuditedRequests {

    static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");

    private final ApiServerProcess process;

    RunningApiServer(List<String> flags) {
        process = new ApiServerProcess(7, 7, STARTED, "0".repeat(32), ProcessUser.ROOT, flags);
    }

    private static AssertionError change() {
        return new AssertionError("an agent of whose node nothing is desired changes nothing");
    }

    @Override
    public List<ApiServerProcess> running() {
        return List.of(process);
    }

    @Override
    public Optional<String> fileSeenBy(ApiServerProcess observed, String path) {
        return Optional.empty();
    }

    @Override
    public boolean isAlive(ApiServerProcess observed) {
        return true;
    }

    @Override
    public void terminate(ApiServerProcess observed) {
        throw change();
    }

    @Override
    public void kill(ApiServerProcess observed) {
        throw change();
    }

    @Override
    public boolean isReady(String address) {
        return true;
    }

    @Override
    public Optional<String> version(String address) {
        return Optional.of("v1.36.3");
    }

    @Override
    public LogFile file(ApiServerProcess observed, String path) {
        return new LogFile.InPlace();
    }

    @Override
    public LogPosition end(ApiServerProcess observed, String path) {
        return LogPosition.BEGINNING;
    }

    @Override
    public LogText read(ApiServerProcess observed, String path, LogPosition from, int limit) {
        return new LogText(from, 0, List.of());
    }

    @Override
    public Optional<LogTail> tail(ApiServerProcess observed, String path, LogPosition position) {
        return Optional.empty();
    }

    @Override
    public InputStream last(ApiServerProcess observed, String path, long limit) {
        return InputStream.nullInputStream();
    }

    @Override
    public LogUsage usage(ApiServerProcess observed, String path) {
        return new LogUsage(1000, 1, 2);
    }

    @Override
    public List<Start> list() {
        return List.of();
    }

    @Override
    public Optional<String> lastError(Start start) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> kubeadm() {
        return Optional.empty();
    }

    @Override
    public Optional<String> packageManager() {
        return Optional.empty();
    }

    @Override
    public Optional<BootTime> kubeletStartedAt() {
        return Optional.empty();
    }

    @Override
    public void restartKubelet() {
        throw change();
    }

    @Override
    public void prepare() {
        throw change();
    }

    @Override
    public void start(String turn) {
        throw change();
    }

    @Override
    public void remove() {
        // There is none.
    }

    @Override
    public Verdict check(ApiServerProcess observed, String policy, Map<String, String> auditFlags) {
        throw change();
    }

    @Override
    public LogDestination inspect(String path, ProcessUser user) {
        throw change();
    }

    @Override
    public CallerIdentity callerIdentity() {
        throw change();
    }

    @Override
    public int get(String address, String path, String auditID) {
        throw change();
    }
}
