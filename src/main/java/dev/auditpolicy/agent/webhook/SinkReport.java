package dev.auditpolicy.agent.webhook;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.Condition.Statement;
import dev.auditpolicy.api.v1alpha1.WebhookStatus;
import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.status.SinkHealth;
import dev.auditpolicy.webhook.status.SinkHealth.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports in the status whether events reach the receiver. The numbers are renewed once a minute while they do not, and every 5
 * minutes while they do, because each status update is a write to etcd.
 */
public final class SinkReport {

    /** The type of the condition. */
    public static final String CONDITION = "SinkHealthy";

    private static final Duration RENEWAL = Duration.ofMinutes(5);
    private static final Duration RENEWAL_OF_FAILURE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Optional<Written> last = Optional.empty();

    public SinkReport(InstantSource clock) {
        this.clock = clock;
    }

    /** A status and the statement of its condition. */
    public record Reported(WebhookStatus status, Statement statement) {}

    private record Written(Reported reported, Instant at) {

        boolean isCurrent(Reported now, Instant time) {
            var isFailing = now.status().undeliveredSince() != null;
            return isSame(now)
                    && time.isBefore(at.plus(isFailing ? RENEWAL_OF_FAILURE : RENEWAL))
                    && !time.isBefore(at);
        }

        private boolean isSame(Reported now) {
            return reported.statement().reason().equals(now.statement().reason())
                    && Optional.ofNullable(reported.status().answer())
                            .equals(Optional.ofNullable(now.status().answer()))
                    && Optional.ofNullable(reported.status().host())
                            .equals(Optional.ofNullable(now.status().host()))
                    && isLossKnown(now);
        }

        /** The first loss is news. */
        private boolean isLossKnown(Reported now) {
            return isPositive(reported.status().lostEvents())
                            == isPositive(now.status().lostEvents())
                    && isPositive(reported.status().lostAtStop())
                            == isPositive(now.status().lostAtStop());
        }

        private static boolean isPositive(@Nullable Long count) {
            return count != null && count > 0;
        }
    }

    /**
     * The status and its condition.
     *
     * @param present the status of the same process that an earlier agent has written
     */
    public Reported of(ObservedSink sink, Optional<WebhookStatus> present) {
        var lostAtStop = sink.lostAtStop() > 0
                ? sink.lostAtStop()
                : present.map(WebhookStatus::lostAtStop).orElse(0L);
        var now = new Reported(status(sink, lostAtStop), statement(sink));
        if (last.filter(written -> written.isCurrent(now, clock.instant())).isEmpty()) {
            last = Optional.of(new Written(now, clock.instant()));
        }
        return last.orElseThrow().reported();
    }

    private static WebhookStatus status(ObservedSink sink, long lostAtStop) {
        var health = sink.health();
        var failing = health.map(SinkHealth::delivery)
                .filter(Delivery.Failing.class::isInstance)
                .map(Delivery.Failing.class::cast);
        return new WebhookStatus(
                sink.host(),
                health.map(known -> known.counters().events() - known.lost() - known.unsent())
                        .orElse(null),
                failing.flatMap(_ -> health).map(SinkHealth::unsent).orElse(null),
                failing.map(Delivery.Failing::since).orElse(null),
                health.map(SinkHealth::lost).orElse(null),
                lostAtStop == 0 ? null : lostAtStop,
                answer(sink).orElse(null));
    }

    private static Statement statement(ObservedSink sink) {
        var redirect = redirect(sink);
        if (redirect.isPresent()) {
            return new Statement(CONDITION, "False", "Redirected", redirect.get());
        }
        return sink.health()
                .map(health -> statement(sink, health))
                .orElseGet(() -> new Statement(
                        CONDITION,
                        "Unknown",
                        "MetricsUnreadable",
                        "the webhook cannot be observed: " + sink.failure()));
    }

    private static Statement statement(ObservedSink sink, SinkHealth health) {
        return switch (health.delivery()) {
            case Delivery.Unknown _ ->
                new Statement(
                        CONDITION,
                        "Unknown",
                        "NothingSent",
                        "kube-apiserver has sent nothing to " + sink.host()
                                + " since it started: it waits until a batch is full, or for batch.maxWaitSeconds");
            case Delivery.Succeeding _ ->
                new Statement(
                        CONDITION,
                        "True",
                        "Delivering",
                        "kube-apiserver delivers its events to " + sink.host() + lost(health)
                                + answer(sink)
                                        .map(text -> ". A request of the agent with the same files does not succeed,"
                                                + " and those of kube-apiserver may soon not either: " + text)
                                        .orElse(""));
            case Delivery.Failing failing ->
                new Statement(CONDITION, "False", "NotDelivering", message(sink, health, failing));
        };
    }

    private static String message(ObservedSink sink, SinkHealth health, Delivery.Failing failing) {
        return "requests of kube-apiserver to " + sink.host() + " have failed since "
                + failing.since().truncatedTo(ChronoUnit.SECONDS) + " ("
                + failing.requests().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(request -> request.getValue() + describe(request.getKey()))
                        .collect(joining(", "))
                + "), and up to " + health.unsent()
                + " events wait. kube-apiserver gives a batch up after five attempts, within 81 to 248 s" + lost(health)
                + answer(sink).map(text -> ". Asked by the agent: " + text).orElse("");
    }

    private static String describe(String code) {
        return code.equals("<error>") ? " without an answer" : " with status " + code;
    }

    private static String lost(SinkHealth health) {
        return health.lost() == 0 ? "" : "; " + health.lost() + " events were lost since it started";
    }

    /** One that delivers is from before the outage, or only an empty list is accepted. */
    private static Optional<String> answer(ObservedSink sink) {
        return sink.answer().filter(result -> !result.delivers()).map(ProbeResult::message);
    }

    private static Optional<String> redirect(ObservedSink sink) {
        return sink.answer()
                .filter(result -> result instanceof ProbeResult.Redirects redirects && redirects.losesSilently())
                .map(ProbeResult::message);
    }
}
