package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.systemd.Systemd;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.unit.UnitReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A systemd with the unit of kube-apiserver, as measured: it starts what it has loaded with the files that are on the disk then, starts a
 * process that has failed again after RestartSec= (5 s), and gives up after 5 starts in 10 s.
 */
final class SimulatedSystemd implements Systemd {

    private static final Duration RESTART_SEC = Duration.ofSeconds(5);
    private static final Duration START_LIMIT_INTERVAL = Duration.ofSeconds(10);
    private static final int START_LIMIT_BURST = 5;

    private final SimulatedDisk disk;
    private final SimulatedClock clock;
    private final List<Instant> starts = new ArrayList<>();
    private LoadedUnit loaded;
    private Optional<SimulatedService> service = Optional.empty();
    private Optional<Invocation> lastStart = Optional.empty();
    private String lastError = "";
    private Instant nextStart = Instant.MAX;
    private boolean hasJob;
    private boolean failed;
    private boolean canReload = true;
    private int processes;
    private int restarts;
    private int restartsOfOldUnit;

    SimulatedSystemd(SimulatedDisk disk, SimulatedClock clock) {
        this.disk = disk;
        this.clock = clock;
        boot(Duration.ZERO);
    }

    /** A copy on copies of the disk and the clock. */
    SimulatedSystemd(SimulatedSystemd origin, SimulatedDisk disk, SimulatedClock clock) {
        this.disk = disk;
        this.clock = clock;
        starts.addAll(origin.starts);
        loaded = origin.loaded;
        service = origin.service;
        lastStart = origin.lastStart;
        lastError = origin.lastError;
        nextStart = origin.nextStart;
        hasJob = origin.hasJob;
        failed = origin.failed;
        canReload = origin.canReload;
        processes = origin.processes;
        restarts = origin.restarts;
        restartsOfOldUnit = origin.restartsOfOldUnit;
    }

    /** The host starts, and systemd starts the unit after {@code delay}. */
    void boot(Duration delay) {
        loaded = LoadedUnit.of(disk, clock.wall());
        service = Optional.empty();
        lastStart = Optional.empty();
        starts.clear();
        failed = false;
        hasJob = true;
        nextStart = clock.now().plus(delay);
    }

    /** From now on, it cannot load files again. */
    void failReloads() {
        canReload = false;
    }

    Optional<SimulatedService> service() {
        return service;
    }

    LoadedUnit loaded() {
        return loaded;
    }

    String lastError() {
        return lastError;
    }

    /** How often somebody has asked for one. */
    int restarts() {
        return restarts;
    }

    /** How many of these were of a unit that systemd had not loaded as it was on the disk, or could not start. */
    int restartsOfOldUnit() {
        return restartsOfOldUnit;
    }

    /** Called after each moment. */
    void live() {
        var now = clock.now();
        if (service.filter(process -> process.hasEnded(now)).isPresent()) {
            end();
        } else if (service.isEmpty() && !now.isBefore(nextStart)) {
            start();
        } else if (service.filter(process -> process.isReady(now) && !process.isStopping())
                .isPresent()) {
            hasJob = false;
        }
    }

    private void end() {
        var isRestarting = service.orElseThrow().isStopping();
        service = Optional.empty();
        hasJob = isRestarting;
        nextStart = isRestarting ? clock.now() : clock.now().plus(RESTART_SEC);
    }

    private void start() {
        nextStart = Instant.MAX;
        hasJob = false;
        starts.removeIf(at -> at.plus(START_LIMIT_INTERVAL).isBefore(clock.now()));
        if (starts.size() >= START_LIMIT_BURST || !loaded.isLoadable()) {
            failed = true;
            return;
        }
        starts.add(clock.now());
        processes++;
        var invocation = "%032x".formatted(processes);
        var started = SimulatedService.start(processes, invocation, loaded.argv(disk), disk, clock);
        service = Optional.of(started);
        lastStart = Optional.of(new Invocation(invocation, clock.wall()));
        lastError = started.error().orElse("");
        hasJob = loaded.notifies();
    }

    /** SIGKILL. */
    void kill() {
        end();
    }

    @Override
    public UnitReport report(String unit) {
        return loaded.report(disk);
    }

    @Override
    public Optional<Invocation> lastStart(String unit) {
        return lastStart;
    }

    @Override
    public Activity activity(String unit) {
        if (service.isPresent()) {
            var isStarting = loaded.notifies() && !service.get().isReady(clock.now());
            return service.get().isStopping()
                    ? new Activity("deactivating", "stop-sigterm", hasJob)
                    : new Activity(isStarting ? "activating" : "active", isStarting ? "start" : "running", hasJob);
        }
        if (failed) {
            return new Activity("failed", "failed", false);
        }
        return hasJob ? new Activity("inactive", "dead", true) : new Activity("activating", "auto-restart", false);
    }

    @Override
    public String fileText(String path) throws IOException {
        return disk.read(path).map(FileImage::text).orElseThrow(() -> new NoSuchFileException(path));
    }

    @Override
    public void reload() throws IOException {
        if (!canReload) {
            throw new IOException("systemd answers: Refusing to reload");
        }
        loaded = LoadedUnit.of(disk, clock.wall());
    }

    @Override
    public void restart(String unit) throws IOException {
        restarts++;
        restartsOfOldUnit += loaded.isLoadable() && loaded.isThatOf(disk) ? 0 : 1;
        if (!loaded.isLoadable()) {
            throw new IOException("systemd answers: Unit " + unit + " has a bad unit file setting.");
        }
        failed = false;
        hasJob = true;
        nextStart = clock.now();
        service = service.map(process -> process.stopping(clock.now()));
    }

    @Override
    public void resetFailed(String unit) {
        failed = false;
        starts.clear();
    }
}
