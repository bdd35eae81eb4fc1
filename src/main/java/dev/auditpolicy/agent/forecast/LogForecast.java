package dev.auditpolicy.agent.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.agent.log.Retention;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogPrediction;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.estimate.AddedRequests;
import dev.auditpolicy.replay.estimate.RequestMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Predicts what a revision will write to the log of this node. */
public final class LogForecast {

    /** Long enough to contain what recurs, short enough to be about now. */
    private static final Duration WINDOW = Duration.ofHours(1);

    private final AuditLog log;
    private final ApiServerMetrics metrics;
    private final Function<ApiServerProcess, String> address;
    private final InstantSource clock;
    private final Ticker ticker;

    /** @param address of a kube-apiserver */
    public LogForecast(
            AuditLog log,
            ApiServerMetrics metrics,
            Function<ApiServerProcess, String> address,
            InstantSource clock,
            Ticker ticker) {
        this.log = log;
        this.metrics = metrics;
        this.address = address;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Empty if neither a log nor the counters of kube-apiserver can be read. */
    Optional<LogPrediction> predict(AuditNodeSpec spec, NodeSnapshot node, ApiServerProcess process) {
        var newer = PolicyFileReader.policy(spec.policy());
        if (newer.isEmpty()) {
            return Optional.empty();
        }
        var sample = path(node).map(path -> sample(path, newer.get(), process));
        var older = sample.flatMap(_ -> node.mountedPolicy()).flatMap(PolicyFileReader::policy);
        var counted = counted(process);
        if (sample.isEmpty() && counted.isEmpty()) {
            return Optional.empty();
        }
        var now = sample.orElse(LogSample.NONE);
        var added = counted.map(metric -> AddedRequests.of(
                        metric, older.orElse(null), newer.get(), now::requestsPerSecond, seconds(metric)))
                .orElse(AddedRequests.NONE);
        var max = now.maxBytesPerSecond() + added.bytesPerSecond().max();
        return Optional.of(new LogPrediction(
                now.bytesPerSecond(),
                now.minBytesPerSecond() + added.bytesPerSecond().min(),
                max,
                retentionHours(spec, max),
                now.describe() + added(added, counted.isPresent())));
    }

    private static @Nullable Long retentionHours(AuditNodeSpec spec, long bytesPerSecond) {
        return Optional.ofNullable(spec.log())
                .flatMap(settings -> new Retention(settings.withDefaults()).kept((double) bytesPerSecond))
                .map(Duration::toHours)
                .orElse(null);
    }

    private static String added(AddedRequests added, boolean isCounted) {
        if (!isCounted) {
            return "; requests that are not recorded now are not known, because kube-apiserver's metrics cannot be read";
        }
        return added.requestsPerSecond() == 0
                ? ""
                : "; and up to " + added.requestsPerSecond()
                        + " requests per second, by kube-apiserver's metrics, that are not recorded now (rules that name users or groups are"
                        + " left out for these)";
    }

    /** The path of a log that has events as JSON. */
    private static Optional<String> path(NodeSnapshot node) {
        var flags = node.auditFlags();
        return Optional.ofNullable(flags.get("audit-log-path"))
                .filter(path -> path.startsWith("/"))
                .filter(_ -> !"legacy".equals(flags.get("audit-log-format")));
    }

    private LogSample sample(String path, Policy newer, ApiServerProcess process) {
        var now = clock.instant();
        var since = latest(now.minus(WINDOW), process.startedAt());
        ReplayResult result = new RecentLog(log, process, path, ticker).replay(newer, since);
        return LogSample.of(result, now);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<RequestMetrics> counted(ApiServerProcess process) {
        try {
            return Optional.of(metrics.read(
                            address.apply(process),
                            text -> RequestMetrics.parse(
                                    new BufferedReader(new InputStreamReader(text, UTF_8)).lines())))
                    .filter(counted ->
                            !counted.isEmpty() && counted.startSecond().isPresent());
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    private long seconds(RequestMetrics counted) {
        return Math.max(
                1, clock.instant().getEpochSecond() - counted.startSecond().orElseThrow());
    }
}
