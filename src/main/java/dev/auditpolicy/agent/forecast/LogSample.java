package dev.auditpolicy.agent.forecast;

import dev.auditpolicy.replay.ReplayResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the events of the last minutes say.
 *
 * @param result of their replay; null if there is no log
 * @param seconds since the first of them
 */
record LogSample(@Nullable ReplayResult result, long seconds) {

    static final LogSample NONE = new LogSample(null, 1);

    static LogSample of(ReplayResult result, Instant now) {
        var first = result.lastSecond() - result.seconds();
        return new LogSample(result, result.events() == 0 ? 1 : Math.max(1, now.getEpochSecond() - first));
    }

    long bytesPerSecond() {
        return result == null ? 0 : result.all().now().minBytes() / seconds;
    }

    long minBytesPerSecond() {
        return result == null
                ? 0
                : (result.all().then().minBytes() + result.added().minBytes()) / seconds;
    }

    long maxBytesPerSecond() {
        return result == null
                ? 0
                : (result.all().then().maxBytes() + result.added().maxBytes()) / seconds;
    }

    double requestsPerSecond(String verb, String resource) {
        return result == null ? 0 : (double) result.requests(verb, resource) / seconds;
    }

    String describe() {
        return result == null
                ? "there is no log with events now"
                : result.events() + " events of the last " + seconds + " s in the log";
    }
}
