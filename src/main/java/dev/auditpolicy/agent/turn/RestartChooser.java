package dev.auditpolicy.agent.turn;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Chooses the cheapest restart that is right. Started again in the present pod, kube-apiserver is away for its drain and
 * its boot; a new pod waits for kubelet's next requeue, 10 to 15 s, on top.
 */
final class RestartChooser {

    /**
     * kubelet forgets that a container was restarted after twice its longest back-off of 300 s; until then it waits 10 s,
     * 20 s, up to 300 s before it starts it again (kubelet's image_backoff and container back-off, client-go's
     * flowcontrol.Backoff).
     */
    static final Duration BACK_OFF_LASTS = Duration.ofMinutes(10);

    private RestartChooser() {}

    /**
     * The choice for {@code process}.
     *
     * @param settingsChange whether a flag, volume or mount changes
     * @param starts of containers of kube-apiserver
     */
    static RestartChoice choose(boolean settingsChange, ApiServerProcess process, List<Start> starts, Instant now) {
        if (settingsChange) {
            return new RestartChoice(Strategy.RECREATE, "flags or mounts of kube-apiserver change");
        }
        return starts.stream()
                .filter(start -> start.podUID().equals(process.podUID()) && start.restarts() > 0)
                .filter(start -> start.at().plus(BACK_OFF_LASTS).isAfter(now))
                .reduce((_, later) -> later)
                .map(restart -> new RestartChoice(
                        Strategy.RECREATE,
                        "its container was restarted "
                                + Duration.between(restart.at(), now).toSeconds()
                                + " s ago, so kubelet would wait before it starts it again"))
                .orElseGet(() -> new RestartChoice(
                        Strategy.IN_PLACE, "only the policy changes, and its container was not restarted lately"));
    }
}
