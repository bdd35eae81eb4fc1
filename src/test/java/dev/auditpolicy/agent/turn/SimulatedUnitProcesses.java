package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.systemd.LoadedFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The processes of a simulated unit, as one agent sees them: it forgets what it has seen of files when it ends. */
final class SimulatedUnitProcesses implements ApiServerProcesses {

    private final SimulatedUnitHost host;
    private final LoadedFiles loaded;

    SimulatedUnitProcesses(SimulatedUnitHost host) {
        this.host = host;
        this.loaded = new LoadedFiles(host.clock()::ticks, host.clock()::wall);
    }

    @Override
    public List<ApiServerProcess> running() {
        return host.systemd().service().map(SimulatedService::process).stream().toList();
    }

    @Override
    public Optional<String> fileSeenBy(ApiServerProcess observed, String path) {
        return host.disk()
                .read(path)
                .flatMap(file -> loaded.startedWith(
                        observed, path, file.text(), host.disk().touchedAt(path).orElseThrow()));
    }

    @Override
    public boolean isAlive(ApiServerProcess observed) {
        return running().stream().anyMatch(observed::isSameAs);
    }

    @Override
    public void terminate(ApiServerProcess observed) throws IOException {
        host.systemd().restart(LoadedUnit.NAME);
    }

    @Override
    public void kill(ApiServerProcess observed) {
        if (isAlive(observed)) {
            host.systemd().kill();
        }
    }
}
