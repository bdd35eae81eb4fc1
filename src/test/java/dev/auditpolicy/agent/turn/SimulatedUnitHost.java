package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.systemd.CommandLines;
import dev.auditpolicy.host.systemd.UnitLog;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host whose systemd starts kube-apiserver. */
final class SimulatedUnitHost implements CommandLines, ApiServerProbe, NodePrograms, UnitLog, SilentLog, SimulatedHost {

    private static final Duration MOMENT = Duration.ofMillis(100);

    /** The agent starts 2 s after the host. */
    private static final Duration BEFORE_THE_AGENT = Duration.ofSeconds(1);

    private static final Duration AFTER_THE_AGENT = Duration.ofSeconds(4);

    private final SimulatedClock clock;
    private final SimulatedDisk disk;
    private final SimulatedSystemd systemd;
    private Duration downtime = Duration.ZERO;

    SimulatedUnitHost(Map<String, FileImage> files) throws IOException {
        clock = new SimulatedClock();
        disk = new SimulatedDisk(clock::wall);
        for (var file : files.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        clock.advance(Duration.ofSeconds(10));
        systemd = new SimulatedSystemd(disk, clock);
        pass(Duration.ofMinutes(1));
    }

    /** A copy. */
    SimulatedUnitHost(SimulatedUnitHost origin) {
        clock = new SimulatedClock(origin.clock);
        disk = new SimulatedDisk(clock::wall, origin.disk);
        systemd = new SimulatedSystemd(origin.systemd, disk, clock);
        downtime = origin.downtime;
    }

    /** Somebody writes a file. */
    void write(String path, FileImage image) throws IOException {
        disk.delete(path);
        disk.create(path, image);
        disk.synchronizeFile(path);
        disk.synchronizeDirectory(path.substring(0, path.lastIndexOf('/')));
    }

    /** Somebody deletes a file. */
    void delete(String path) throws IOException {
        disk.delete(path);
        disk.synchronizeDirectory(path.substring(0, path.lastIndexOf('/')));
    }

    /** Somebody writes a drop-in with which the unit has two commands. */
    void breakUnit() {
        try {
            write(
                    LoadedUnit.PATH + ".d/zzz.conf",
                    UnitLayout.readable("[Service]\nExecStart=/usr/local/bin/another\n"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    SimulatedClock clock() {
        return clock;
    }

    SimulatedSystemd systemd() {
        return systemd;
    }

    /** How long no kube-apiserver has served, in all. */
    Duration downtime() {
        return downtime;
    }

    @Override
    public boolean serves() {
        return systemd.service()
                .filter(service -> service.isReady(clock.now()) && !service.isStopping())
                .isPresent();
    }

    void pass(Duration duration) {
        for (var left = duration; left.isPositive(); left = left.minus(MOMENT)) {
            clock.advance(MOMENT);
            downtime = serves() ? downtime : downtime.plus(MOMENT);
            systemd.live();
        }
    }

    /** systemd starts the unit before the agent if names are kept, else after it. */
    @Override
    public void powerCut(boolean namesKept) {
        disk.powerCut(namesKept);
        clock.reboot();
        systemd.boot(namesKept ? BEFORE_THE_AGENT : AFTER_THE_AGENT);
    }

    @Override
    public void adjustClock(Duration step) {
        clock.adjust(step);
    }

    @Override
    public Optional<List<String>> of(ApiServerProcess process) {
        return systemd.service()
                .filter(service -> service.process().isSameAs(process))
                .map(SimulatedService::argv);
    }

    @Override
    public Optional<String> lastError(String unit, String invocation) {
        return Optional.of(systemd.lastError());
    }

    @Override
    public boolean isReady(String address) {
        return serves();
    }

    @Override
    public Optional<String> version(String address) {
        return Optional.of("v1.36.3");
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
    public void restartKubelet() {}
}
