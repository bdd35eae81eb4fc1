package dev.auditpolicy.agent.metrics;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.http.ApiServerProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** When the node's own kube-apiserver was not ready, as far as the agent looked. */
public final class DowntimeTracker {

    private final InstantSource clock;
    private Optional<Boolean> ready = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Duration> last = Optional.empty();

    DowntimeTracker(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** {@code probe}, whose answers are noted; for questions to the node's own kube-apiserver only. */
    public ApiServerProbe noting(ApiServerProbe probe) {
        return new ApiServerProbe() {
            @Override
            public boolean isReady(String address) {
                var answer = probe.isReady(address);
                note(answer);
                return answer;
            }

            @Override
            public Optional<String> version(String address) {
                return probe.version(address);
            }
        };
    }

    synchronized void note(boolean isReady) {
        var now = clock.instant();
        if (isReady) {
            last = since.map(began -> Duration.between(began, now)).or(() -> last);
            since = Optional.empty();
        } else if (since.isEmpty()) {
            since = Optional.of(now);
        }
        ready = Optional.of(isReady);
    }

    /** Whether it was ready when last asked; empty when it never was. */
    synchronized Optional<Boolean> ready() {
        return ready;
    }

    /** How long the last outage took that has ended. */
    synchronized Optional<Duration> last() {
        return last;
    }
}
