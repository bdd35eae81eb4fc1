package dev.auditpolicy.agent.observe;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Size and growth of a log that is not this operator's. It is measured in each iteration of the loop and reported anew when the rate is
 * first known and then as often as a proof is renewed, because each status update is a write to etcd.
 */
final class MeasuredLog {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final InstantSource clock;
    private Optional<Measured> base = Optional.empty();

    private record Measured(String path, long writtenBytes, Instant at, LogStatus status) {}

    MeasuredLog(InstantSource clock) {
        this.clock = clock;
    }

    /** @param path on the node */
    LogStatus report(String path, LogState now) {
        var last = base.filter(before -> before.path().equals(path))
                .filter(before -> !clock.instant().isBefore(before.at()));
        var age = last.map(before -> Duration.between(before.at(), clock.instant()));
        if (last.isEmpty() || age.orElseThrow().compareTo(interval(last.get())) >= 0) {
            var rate = last.map(before -> (now.writtenBytes() - before.writtenBytes())
                    / Math.max(1, age.orElseThrow().toSeconds()));
            base = Optional.of(new Measured(
                    path,
                    now.writtenBytes(),
                    clock.instant(),
                    new LogStatus(path, now.bytes(), null, now.freeBytes(), rate.orElse(null), List.of(), null)));
        }
        return base.orElseThrow().status();
    }

    private static Duration interval(Measured last) {
        return last.status().bytesPerSecond() == null ? FIRST : INTERVAL;
    }
}
