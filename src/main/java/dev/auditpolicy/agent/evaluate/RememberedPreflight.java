package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.host.process.Preflight.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Asks kube-apiserver once for each policy, set of flags and process, and remembers what it says. If it could not be asked, asks
 * again a minute later: the check needs 85 MB and up to 20 s, and a busy node is a likely reason.
 */
public final class RememberedPreflight {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Preflight preflight;
    private final InstantSource clock;
    private Optional<CacheEntry> last = Optional.empty();

    public RememberedPreflight(Preflight preflight, InstantSource clock) {
        this.preflight = preflight;
        this.clock = clock;
    }

    private record CacheEntry(
            String policy, Map<String, String> flags, ApiServerProcess process, Verdict verdict, Instant at) {

        boolean isFor(String desiredPolicy, Map<String, String> desiredFlags, ApiServerProcess running) {
            return policy.equals(desiredPolicy) && flags.equals(desiredFlags) && process.isSameAs(running);
        }

        /** A clock that was adjusted leads to a retry at once. */
        boolean isValidAt(Instant now) {
            return switch (verdict) {
                case Verdict.Loads _, Verdict.Refuses _ -> true;
                case Verdict.NotPossible _ -> !now.isBefore(at) && now.isBefore(at.plus(RETRY_AFTER));
            };
        }
    }

    Verdict check(String policy, Map<String, String> flags, Optional<ApiServerProcess> process)
            throws InterruptedException {
        if (process.isEmpty()) {
            return new Verdict.NotPossible("no kube-apiserver is running on this node");
        }
        var running = process.get();
        var now = clock.instant();
        var known = last.filter(entry -> entry.isFor(policy, flags, running)).filter(entry -> entry.isValidAt(now));
        if (known.isPresent()) {
            return known.get().verdict();
        }
        var verdict = preflight.check(running, policy, flags);
        last = Optional.of(new CacheEntry(policy, flags, running, verdict, now));
        return verdict;
    }

    /** Asks again at the next check. */
    void forget() {
        last = Optional.empty();
    }
}
