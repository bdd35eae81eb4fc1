package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.restart.RestartChooser;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.host.program.GuardProgram;
import dev.auditpolicy.host.program.ProgramCommand;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.StartID;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A node whose kubelet behaves as measured: a changed manifest stops the pod (grace period 30 s), the new pod starts at
 * the next requeue (10 s), a container that exits restarts with an increasing back-off, and kube-apiserver loads its
 * policy at its start or exits. A kubelet that started while no API server was ready replaces no pod until one is.
 */
final class SimulatedNode
        implements ApiServerProcesses,
                ContainerStarts,
                ApiServerProbe,
                NodePrograms,
                ProcessPresence,
                GuardProgram,
                SilentLog,
                SimulatedHost {

    /** kube-apiserver does not start with a policy that contains this. */
    static final String POISON = "poison";

    /** kube-apiserver does not start with this --audit-log-maxage. */
    static final int POISONOUS_AGE = 666;

    private static final Pattern RUN_AS = Pattern.compile("runAsGroup: (\\d+)\\s+runAsUser: (\\d+)");

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration REQUEUE = Duration.ofSeconds(10);
    private static final Duration BOOT = Duration.ofSeconds(3);

    private final NodePaths paths = NodePaths.kubeadm();
    private final SimulatedDisk disk;
    private final List<Start> starts = new ArrayList<>();

    private final SimulatedClock clock;
    private Duration downtime = Duration.ZERO;
    private Instant guardSeenAt;
    private String podManifest;
    private ApiServerProcess process;
    private String policyMounted;
    private Instant readyAt = Instant.MAX;
    private Instant endsAt = Instant.MAX;
    private Instant startedAt = Instant.EPOCH;
    private Instant nextStart = Instant.MIN;
    private Duration backOff = Duration.ofSeconds(10);
    private int processes;
    private String lastError = "";
    private final Map<String, KubeApiServerManifest> parsed;
    private Instant kubeletStartedAt;
    private boolean kubeletHasReachedTheApi = true;
    private Optional<Long> kubeadm = Optional.empty();

    SimulatedNode(String manifest) throws IOException {
        this(manifest, Map.of());
    }

    /** @param others further files that exist before kube-apiserver first starts */
    SimulatedNode(String manifest, Map<String, FileImage> others) throws IOException {
        parsed = new HashMap<>();
        clock = new SimulatedClock();
        kubeletStartedAt = clock.now();
        disk = new SimulatedDisk(clock::wall);
        for (var file : others.entrySet()) {
            disk.create(file.getKey(), file.getValue());
            disk.synchronizeFile(file.getKey());
            disk.synchronizeDirectory(file.getKey().substring(0, file.getKey().lastIndexOf('/')));
        }
        clock.advance(Duration.ofSeconds(10));
        disk.create(paths.configuration(), FileImage.rootOnly(manifest));
        disk.synchronizeFile(paths.configuration());
        disk.synchronizeDirectory("/etc/kubernetes/manifests");
        pass(Duration.ofMinutes(1));
    }

    /** A copy. */
    SimulatedNode(SimulatedNode origin) {
        parsed = origin.parsed;
        clock = new SimulatedClock(origin.clock);
        disk = new SimulatedDisk(clock::wall, origin.disk);
        downtime = origin.downtime;
        guardSeenAt = origin.guardSeenAt;
        kubeletStartedAt = origin.kubeletStartedAt;
        kubeletHasReachedTheApi = origin.kubeletHasReachedTheApi;
        starts.addAll(origin.starts);
        podManifest = origin.podManifest;
        process = origin.process;
        policyMounted = origin.policyMounted;
        readyAt = origin.readyAt;
        endsAt = origin.endsAt;
        startedAt = origin.startedAt;
        nextStart = origin.nextStart;
        backOff = origin.backOff;
        processes = origin.processes;
        lastError = origin.lastError;
        kubeadm = origin.kubeadm;
    }

    /** kubeadm starts and keeps running. */
    void startKubeadm(long pid) {
        kubeadm = Optional.of(pid);
    }

    void endKubeadm() {
        kubeadm = Optional.empty();
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    Map<String, FileImage> files() {
        return disk.files();
    }

    private String manifest() {
        return disk.read(paths.configuration()).orElseThrow().text();
    }

    SimulatedClock clock() {
        return clock;
    }

    Instant now() {
        return clock.now();
    }

    Instant wallClock() {
        return clock.wall();
    }

    @Override
    public void adjustClock(Duration step) {
        clock.adjust(step);
    }

    BootTime ticks() {
        return clock.ticks();
    }

    /** How long no kube-apiserver has served, in all. */
    Duration downtime() {
        return downtime;
    }

    @Override
    public boolean serves() {
        return process != null && !now().isBefore(readyAt) && endsAt.equals(Instant.MAX);
    }

    void pass(Duration duration) {
        for (var left = duration; left.isPositive(); left = left.minusMillis(500)) {
            clock.advance(Duration.ofMillis(500));
            live();
        }
    }

    /** kubelet and the static pods start again. */
    @Override
    public void powerCut(boolean namesKept) {
        disk.powerCut(namesKept);
        kubeadm = Optional.empty();
        clock.reboot();
        process = null;
        readyAt = Instant.MAX;
        endsAt = Instant.MAX;
        restartKubelet();
        nextStart = now().plusSeconds(4);
    }

    private void live() {
        downtime = serves() ? downtime : downtime.plusMillis(500);
        if (disk.read(paths.guard()).isEmpty()) {
            guardSeenAt = null;
        } else if (guardSeenAt == null) {
            guardSeenAt = now();
        }
        kubeletHasReachedTheApi |= serves();
        var desired = manifest();
        if (process != null && !now().isBefore(endsAt)) {
            end();
        }
        if (!desired.equals(podManifest)) {
            if (kubeletHasReachedTheApi || podManifest == null) {
                replacePod(desired);
            }
        } else if (process == null && !now().isBefore(nextStart)) {
            start();
        }
    }

    private void replacePod(String desired) {
        if (process != null) {
            stop(GRACE);
        } else if (podManifest == null || !now().isBefore(nextStart)) {
            podManifest = desired;
            backOff = Duration.ofSeconds(10);
            start();
        }
    }

    /** Who runs kube-apiserver, according to the manifest of the pod. */
    private ProcessUser user() {
        var user = RUN_AS.matcher(podManifest);
        return user.find()
                ? new ProcessUser(Integer.parseInt(user.group(2)), Integer.parseInt(user.group(1)), Set.of())
                : ProcessUser.ROOT;
    }

    private String podUID() {
        return "%032x".formatted(podManifest.hashCode());
    }

    private void stop(Duration within) {
        if (endsAt.equals(Instant.MAX)) {
            endsAt = now().plus(within);
        }
    }

    private void end() {
        process = null;
        endsAt = Instant.MAX;
        readyAt = Instant.MAX;
        if (!manifest().equals(podManifest)) {
            nextStart = now().plus(REQUEUE);
        } else if (restartedRecently()) {
            waitBackOff();
        } else {
            nextStart = now();
        }
    }

    private boolean restartedRecently() {
        var last = starts.getLast();
        return last.id().restarts() > 0
                && startedAt.plus(RestartChooser.BACK_OFF_RESETS_AFTER).isAfter(now());
    }

    private void waitBackOff() {
        nextStart = now().plus(backOff);
        backOff = backOff.multipliedBy(2);
    }

    private void start() {
        processes++;
        var restarts = (int) starts.stream()
                .filter(start -> start.id().podUID().equals(podUID()))
                .count();
        starts.add(new Start(new StartID(podUID(), restarts), wallClock()));
        startedAt = now();
        var manifest = parsed.computeIfAbsent(
                podManifest, text -> ((KubeApiServerManifest.Parsed) KubeApiServerManifest.parse(text)).manifest());
        var policy = Optional.ofNullable(manifest.flags().get("audit-policy-file"))
                .map(path -> disk.read(path)
                        .filter(file -> user().may(ProcessUser.READ, file.uid(), file.gid(), file.mode()))
                        .map(FileImage::text)
                        .orElse(POISON));
        var isPoisoned = policy.filter(text -> text.contains(POISON)).isPresent();
        if (isPoisoned
                || Integer.toString(POISONOUS_AGE).equals(manifest.flags().get("audit-log-maxage"))) {
            lastError = isPoisoned ? "loading audit policy file: poison" : "invalid maxage";
            waitBackOff();
            return;
        }
        process =
                new ApiServerProcess(processes, ticks().millis() / 10, wallClock(), podUID(), user(), manifest.argv());
        policyMounted = policy.orElse(null);
        readyAt = now().plus(BOOT);
    }

    @Override
    public List<ApiServerProcess> running() {
        return process == null ? List.of() : List.of(process);
    }

    @Override
    public Optional<String> fileSeenBy(ApiServerProcess observed, String path) {
        return Optional.ofNullable(policyMounted);
    }

    @Override
    public void terminate(ApiServerProcess observed) {
        if (process != null && process.isSameAs(observed)) {
            stop(Duration.ofSeconds(60));
        }
    }

    @Override
    public boolean isAlive(ApiServerProcess observed) {
        return process != null && process.isSameAs(observed);
    }

    @Override
    public void kill(ApiServerProcess observed) {
        if (process != null && process.isSameAs(observed)) {
            end();
        }
    }

    @Override
    public List<Start> list() {
        return List.copyOf(starts);
    }

    @Override
    public Optional<String> lastError(Start start) {
        return Optional.of(lastError);
    }

    @Override
    public Optional<Long> kubeadm() {
        return kubeadm;
    }

    @Override
    public Optional<String> packageManager() {
        return Optional.empty();
    }

    @Override
    public Optional<BootTime> kubeletStartedAt() {
        return Optional.of(clock.ticks(kubeletStartedAt));
    }

    @Override
    public void restartKubelet() {
        kubeletStartedAt = now();
        kubeletHasReachedTheApi = serves();
        backOff = Duration.ofSeconds(10);
        nextStart = now();
        if (process == null) {
            podManifest = null;
        }
    }

    /** The guard is alive a moment after its manifest is there. */
    @Override
    public boolean isPresent() {
        return guardSeenAt != null && now().isAfter(guardSeenAt.plusMillis(500));
    }

    @Override
    public ProgramCommand install() {
        return new ProgramCommand(List.of("java"), Map.of());
    }

    @Override
    public void deleteOthers() {}

    @Override
    public boolean isReady(String address) {
        return serves();
    }

    @Override
    public Optional<String> version(String address) {
        return Optional.of("v1.36.3");
    }
}
