package dev.auditpolicy.agent.restart;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.util.List;

/**
 * Chooses the fastest restart that works. In the present pod, kube-apiserver is down for its grace period and its start; a
 * new pod also waits for kubelet's next requeue, 10 to 15 s.
 */
public final class RestartChooser {

    /**
     * kubelet resets a container's back-off after twice its maximum of 300 s. Until then it waits 10 s, 20 s, up to 300 s
     * before the next start (kubelet's image_backoff and container back-off, client-go's flowcontrol.Backoff).
     */
    public static final Duration BACK_OFF_RESETS_AFTER = Duration.ofMinutes(10);

    private RestartChooser() {}

    /**
     * The choice for {@code process}.
     *
     * @param settingsChange whether a flag, volume or mount changes
     * @param runsPolicy whether the process has loaded the policy, and only its file differs
     * @param starts all starts of kube-apiserver's container
     * @param now decides whether the last of them was recent, together with the start of {@code process}
     */
    public static RestartChoice choose(
            boolean settingsChange, boolean runsPolicy, ApiServerProcess process, List<Start> starts, BootTime now) {
        if (settingsChange) {
            return new RestartChoice(Strategy.RECREATE, "flags or mounts of kube-apiserver change");
        }
        if (runsPolicy) {
            return new RestartChoice(
                    Strategy.IN_PLACE, "only the policy file differs, not what kube-apiserver runs: no restart");
        }
        var age = process.age(now);
        return hasRestarted(process, starts) && age.compareTo(BACK_OFF_RESETS_AFTER) < 0
                ? new RestartChoice(
                        Strategy.RECREATE,
                        "its container restarted " + age.toSeconds() + " s ago, so kubelet would delay its next start")
                : new RestartChoice(
                        Strategy.IN_PLACE, "only the policy changes, and its container has not restarted recently");
    }

    /** The choice on a host with systemd, which knows one restart. */
    public static RestartChoice ofUnit(boolean settingsChange, boolean runsPolicy) {
        if (!settingsChange && runsPolicy) {
            return new RestartChoice(
                    Strategy.RESTART_UNIT, "only the policy file differs, not what kube-apiserver runs: no restart");
        }
        return new RestartChoice(
                Strategy.RESTART_UNIT, settingsChange ? "flags of kube-apiserver change" : "only the policy changes");
    }

    private static boolean hasRestarted(ApiServerProcess process, List<Start> starts) {
        return starts.stream().map(Start::id).anyMatch(id -> id.podUID().equals(process.podUID()) && id.restarts() > 0);
    }
}
