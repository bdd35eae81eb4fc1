package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops a kube-apiserver that runs outdated settings. A stopping one closes its listener immediately, but open watches,
 * which always exist, keep it alive for its --request-timeout (60 s) or until kubelet's grace period (30 s) ends; this
 * grace period ends sooner.
 */
public final class Restart {

    /** kubelet notices a changed manifest by inotify, or when it next lists the directory (fileCheckFrequency, 20 s). */
    private static final Duration KUBELET_DETECTION_TIMEOUT = Duration.ofSeconds(30);

    private final ApiServerProcesses processes;
    private final Ticker ticker;
    private final Duration gracePeriod;
    private final boolean kubeletStops;
    private final BootTime terminateAt;
    private final Map<Long, BootTime> stoppingSince = new HashMap<>();

    /** @param kubeletStops whether kubelet has a reason, a changed manifest, to stop the process */
    public Restart(ApiServerProcesses processes, Ticker ticker, Duration gracePeriod, boolean kubeletStops) {
        this.processes = processes;
        this.ticker = ticker;
        this.kubeletStops = kubeletStops;
        this.gracePeriod = gracePeriod;
        this.terminateAt = kubeletStops ? ticker.now().plus(KUBELET_DETECTION_TIMEOUT) : ticker.now();
    }

    /** All processes except the newest, and the newest too if it does not run the desired settings. */
    public static List<ApiServerProcess> outdated(NodeSnapshot current, Verification verification) {
        return verification.process().isEmpty()
                ? current.processes().stream().skip(1).toList()
                : current.processes();
    }

    /**
     * Called repeatedly until no process is outdated.
     *
     * @param ready whether the node's kube-apiserver is ready: then kubelet has not stopped the outdated one yet. Another
     *     SIGTERM would end one that is stopping at once, without the requests that it still serves
     */
    public void step(List<ApiServerProcess> outdated, boolean ready) throws IOException {
        var now = ticker.now();
        for (var process : outdated) {
            var since = stoppingSince.get(process.pid());
            if (since == null && !ready && kubeletStops) {
                stoppingSince.put(process.pid(), now);
            } else if (since == null && !now.isBefore(terminateAt)) {
                processes.terminate(process);
                stoppingSince.put(process.pid(), now);
            } else if (since != null && !now.isBefore(since.plus(gracePeriod))) {
                processes.kill(process);
            }
        }
    }

    /** The time until the next call of {@link #step}, short enough that no grace period is exceeded by much. */
    public Duration pause() {
        var now = ticker.now();
        return stoppingSince.values().stream()
                .map(since -> now.until(since.plus(gracePeriod)))
                .filter(Duration::isPositive)
                .filter(left -> left.compareTo(StableReadiness.INTERVAL) < 0)
                .min(Comparator.naturalOrder())
                .orElse(StableReadiness.INTERVAL);
    }
}
