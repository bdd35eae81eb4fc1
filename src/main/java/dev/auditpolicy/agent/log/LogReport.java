package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.EventRate;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports the measurements of the log in the status. The report changes only when the proof is renewed, when rates are first
 * known, and when space becomes short or sufficient, because each status update is a write to etcd.
 */
public final class LogReport {

    /** In a shorter window, the burst of a starting kube-apiserver would distort the rates. */
    private static final Duration MIN_WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Optional<Written> last = Optional.empty();
    private Optional<Measured> base = Optional.empty();

    public LogReport(InstantSource clock) {
        this.clock = clock;
    }

    private record Measured(LogState state, Instant at) {}

    private record Written(LogStatus status, LogSpace space, LogBackend settings, Instant provenAt, long truncations) {}

    /** The status, and a warning if space is short. */
    public record Reported(LogStatus status, Optional<String> shortage) {}

    /**
     * The status of the log.
     *
     * @param provenAt when the log was last verified
     */
    public Reported of(LogBackend settings, LogMeter meter, Instant provenAt) {
        var space = LogSpace.of(settings, meter.usage());
        var truncations = meter.get().truncations();
        if (last.filter(written -> isCurrent(written, settings, space, provenAt))
                .filter(written -> written.truncations() == truncations)
                .isEmpty()) {
            var status = measure(settings, meter, space).truncated(truncatedAt(truncations));
            last = Optional.of(new Written(status, space, settings, provenAt, truncations));
        }
        return new Reported(
                last.orElseThrow().status(), last.orElseThrow().space().shortage());
    }

    private @Nullable Instant truncatedAt(long truncations) {
        return truncations == last.map(Written::truncations).orElse(0L)
                ? last.map(Written::status).map(LogStatus::truncatedAt).orElse(null)
                : clock.instant();
    }

    private boolean isCurrent(Written written, LogBackend settings, LogSpace space, Instant provenAt) {
        return written.settings().equals(settings)
                && written.provenAt().equals(provenAt)
                && written.space().isShort() == space.isShort()
                && (written.status().bytesPerSecond() != null || window().compareTo(MIN_WINDOW) < 0);
    }

    private Duration window() {
        return base.map(from -> Duration.between(from.at(), clock.instant())).orElse(Duration.ZERO);
    }

    private LogStatus measure(LogBackend settings, LogMeter meter, LogSpace space) {
        var now = meter.get();
        var seconds = window().toMillis() / 1000.0;
        var isLongEnough = window().compareTo(MIN_WINDOW) >= 0;
        var from = base.map(Measured::state).orElse(now);
        if (base.isEmpty() || isLongEnough) {
            base = Optional.of(new Measured(now, clock.instant()));
        }
        if (!isLongEnough) {
            return status(settings, now, space, last.map(Written::status));
        }
        var growth = (now.writtenBytes() - from.writtenBytes()) / seconds;
        return new LogStatus(
                settings.path(),
                now.bytes(),
                space.worstCaseBytes().orElse(null),
                now.freeBytes(),
                Math.round(growth),
                rates(from, now, seconds),
                new Retention(settings).kept(growth).map(Duration::toHours).orElse(null));
    }

    /** Repeats the rates of the previous status. */
    private static LogStatus status(LogBackend settings, LogState now, LogSpace space, Optional<LogStatus> previous) {
        return new LogStatus(
                settings.path(),
                now.bytes(),
                space.worstCaseBytes().orElse(null),
                now.freeBytes(),
                previous.map(LogStatus::bytesPerSecond).orElse(null),
                previous.map(LogStatus::eventRates).orElse(List.of()),
                previous.map(LogStatus::retentionHours).orElse(null));
    }

    private static List<EventRate> rates(LogState from, LogState now, double seconds) {
        return Stream.of(Level.values())
                .filter(level -> now.events().containsKey(level))
                .map(level -> new EventRate(
                        level,
                        decimal((now.events().getOrDefault(level, 0L)
                                        - from.events().getOrDefault(level, 0L))
                                / seconds)))
                .toList();
    }

    private static String decimal(double rate) {
        return BigDecimal.valueOf(rate).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
