package dev.auditpolicy.agent.metrics;

import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.util.Optional;

/** Tracks when the kube-apiserver of the node was not ready, as sampled by the agent. */
public final class DowntimeTracker {

    private Optional<Boolean> ready = Optional.empty();
    private Optional<BootTime> since = Optional.empty();
    private Optional<Duration> last = Optional.empty();

    /** Records the answers of {@code probe}, which must only be used for the kube-apiserver of the node. */
    public ApiServerProbe observing(ApiServerProbe probe, Ticker ticker) {
        return new ApiServerProbe() {
            @Override
            public boolean isReady(String address) {
                var answer = probe.isReady(address);
                record(answer, ticker.now());
                return answer;
            }

            @Override
            public Optional<String> problem(String address) {
                var problem = probe.problem(address);
                record(problem.isEmpty(), ticker.now());
                return problem;
            }

            @Override
            public Optional<String> version(String address) {
                return probe.version(address);
            }
        };
    }

    synchronized void record(boolean isReady, BootTime now) {
        if (isReady) {
            last = since.map(start -> start.until(now)).or(() -> last);
            since = Optional.empty();
        } else if (since.isEmpty()) {
            since = Optional.of(now);
        }
        ready = Optional.of(isReady);
    }

    /** Whether it was ready when last probed. Empty before the first probe. */
    synchronized Optional<Boolean> ready() {
        return ready;
    }

    /** Duration of the last outage that has ended. */
    synchronized Optional<Duration> last() {
        return last;
    }
}
