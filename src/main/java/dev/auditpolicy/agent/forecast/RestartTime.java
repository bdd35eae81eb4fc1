package dev.auditpolicy.agent.forecast;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import java.time.Duration;

/**
 * How long a kube-apiserver is expected not to serve, as measured on an idle machine ({@code make bench-rollout}): in place, 3.4 to
 * 3.7 s longer than its shutdown takes (6.4 s with a drain of 3 s, 13.7 s with 10 s); in a new pod, for which kubelet waits, 16.3 s
 * with a drain of 3 s and 16.5 s with 10 s.
 */
final class RestartTime {

    private static final int START_SECONDS = 4;
    private static final int NEW_POD_SECONDS = 17;

    private RestartTime() {}

    /** @param grace how long the stopping process may take */
    static int seconds(RestartChoice.Strategy strategy, Duration grace) {
        var inPlace = (int) Math.min(Integer.MAX_VALUE - START_SECONDS, grace.toSeconds()) + START_SECONDS;
        return switch (strategy) {
            case IN_PLACE, RESTART_UNIT -> inPlace;
            case RECREATE -> Math.max(inPlace, NEW_POD_SECONDS);
        };
    }
}
