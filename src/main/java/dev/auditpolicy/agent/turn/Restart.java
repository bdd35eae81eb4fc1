package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gets a kube-apiserver that must go out of the way. A stopping one closes its listener at once, but an open watch, and
 * there always is one, keeps it alive for its --request-timeout (60 s) or until kubelet's grace period (30 s) ends;
 * the drain ends that sooner.
 */
final class Restart {

    /**
     * kubelet sees a changed manifest at once by inotify, else when it next lists the directory (fileCheckFrequency, 20
     * s).
     */
    private static final Duration KUBELET_NOTICES = Duration.ofSeconds(30);

    private final ApiServerProcesses processes;
    private final InstantSource clock;
    private final Duration drain;
    private final Instant terminateAt;
    private final Map<Long, Instant> stoppingSince = new HashMap<>();

    /** @param kubeletStops whether kubelet was given a reason, a changed manifest, to stop the process by itself */
    Restart(ApiServerProcesses processes, InstantSource clock, Duration drain, boolean kubeletStops) {
        this.processes = processes;
        this.clock = clock;
        this.drain = drain;
        this.terminateAt = kubeletStops ? clock.instant().plus(KUBELET_NOTICES) : clock.instant();
    }

    /**
     * To be called again and again until nothing is stale.
     *
     * @param ready whether the node's kube-apiserver is in service: the stale one has not been stopped yet then
     */
    void step(List<ApiServerProcess> stale, boolean ready) {
        var now = clock.instant();
        for (var process : stale) {
            var stopping = stoppingSince.get(process.pid());
            if (stopping == null && !ready) {
                stoppingSince.put(process.pid(), now);
            } else if (stopping == null && !now.isBefore(terminateAt)) {
                processes.terminate(process);
                stoppingSince.put(process.pid(), now);
            } else if (stopping != null && !now.isBefore(stopping.plus(drain))) {
                processes.kill(process);
            }
        }
    }
}
