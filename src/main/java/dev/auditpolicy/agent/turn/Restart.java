package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops a kube-apiserver that runs outdated settings. A stopping one closes its listener immediately, but open watches,
 * which always exist, keep it alive for its --request-timeout (60 s) or until kubelet's grace period (30 s) ends; this
 * grace period ends sooner.
 */
final class Restart {

    /** kubelet notices a changed manifest by inotify, or when it next lists the directory (fileCheckFrequency, 20 s). */
    private static final Duration KUBELET_DETECTION_TIMEOUT = Duration.ofSeconds(30);

    private final ApiServerProcesses processes;
    private final InstantSource clock;
    private final Duration gracePeriod;
    private final Instant terminateAt;
    private final Map<Long, Instant> stoppingSince = new HashMap<>();

    /** @param kubeletStops whether kubelet has a reason, a changed manifest, to stop the process */
    Restart(ApiServerProcesses processes, InstantSource clock, Duration gracePeriod, boolean kubeletStops) {
        this.processes = processes;
        this.clock = clock;
        this.gracePeriod = gracePeriod;
        this.terminateAt = kubeletStops ? clock.instant().plus(KUBELET_DETECTION_TIMEOUT) : clock.instant();
    }

    /** All processes except the newest, and the newest too if it does not run the desired settings. */
    static List<ApiServerProcess> outdated(NodeSnapshot current, Verification verification) {
        return verification.process().isEmpty()
                ? current.processes().stream().skip(1).toList()
                : current.processes();
    }

    /**
     * Called repeatedly until no process is outdated.
     *
     * @param ready whether the node's kube-apiserver is ready: then the outdated one is not stopping yet
     */
    void step(List<ApiServerProcess> outdated, boolean ready) {
        var now = clock.instant();
        for (var process : outdated) {
            var since = stoppingSince.get(process.pid());
            if (since == null && !ready) {
                stoppingSince.put(process.pid(), now);
            } else if (since == null && !now.isBefore(terminateAt)) {
                processes.terminate(process);
                stoppingSince.put(process.pid(), now);
            } else if (since != null && !now.isBefore(since.plus(gracePeriod))) {
                processes.kill(process);
            }
        }
    }
}
