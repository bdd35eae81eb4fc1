package dev.auditpolicy.agent.webhook;

import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import dev.auditpolicy.webhook.status.SinkCountersReader;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Observes whether events reach the receiver, by what the live kube-apiserver counts. Its metric of a failed request is there at
 * once; that of lost events follows 80 to 250 s later.
 */
public final class SinkObserver {

    /** kube-apiserver retries for the first time after 10 s. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Without a reading for so long, nothing is known. */
    private static final Duration VALIDITY = Duration.ofMinutes(1);

    private final ApiServerMetrics metrics;
    private final WebhookFiles files;
    private final ReceiverAnswer answer;
    private final Function<ApiServerProcess, String> address;
    private final Ticker ticker;
    private final InstantSource clock;
    private volatile Optional<Reading> last = Optional.empty();
    private Optional<ApiServerProcess> tried = Optional.empty();
    private BootTime nextReading = BootTime.UNKNOWN;
    private String failure = "";

    /** @param address host and port of a process */
    public SinkObserver(
            ApiServerMetrics metrics,
            WebhookFiles files,
            WebhookPreflight.Sink sink,
            Function<ApiServerProcess, String> address,
            Ticker ticker,
            InstantSource clock) {
        this.metrics = metrics;
        this.address = address;
        this.files = files;
        this.answer = new ReceiverAnswer(sink, ticker);
        this.ticker = ticker;
        this.clock = clock;
    }

    /** @param lostAtStop what the process before had not delivered */
    private record Reading(ApiServerProcess process, BootTime at, SinkHealth health, long lostAtStop) {}

    /**
     * What is known now. Empty without a webhook of this operator. Must be called in each iteration of the loop.
     *
     * @param asks whether the receiver may be asked
     */
    public Optional<ObservedSink> observe(ApiServerProcess process, boolean asks) {
        try {
            var kubeconfig = kubeconfig(process);
            if (kubeconfig.isEmpty()) {
                last = Optional.empty();
                return Optional.empty();
            }
            return Optional.of(observed(kubeconfig.get(), read(process, kubeconfig.get()), asks));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The last reading of the metrics of {@code process}, which is repeated every 10 s; empty if there is none, or it is old. */
    public Optional<SinkHealth> read(ApiServerProcess process) {
        try {
            return kubeconfig(process).flatMap(found -> read(process, found));
        } catch (IOException unreadable) {
            failure = String.valueOf(unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Why the metrics cannot be read. */
    public String failure() {
        return failure.isEmpty() ? "the metrics of kube-apiserver were not read yet" : failure;
    }

    private Optional<SinkHealth> read(ApiServerProcess process, WebhookKubeconfig kubeconfig) {
        readIfDue(process, kubeconfig);
        return last.filter(reading -> reading.process().isSameAs(process))
                .filter(reading -> ticker.now().isBefore(reading.at().plus(VALIDITY)))
                .map(Reading::health);
    }

    /** For the metrics of the agent. */
    public Optional<SinkHealth> health() {
        return last.map(Reading::health);
    }

    private Optional<WebhookKubeconfig> kubeconfig(ApiServerProcess process) throws IOException {
        var path = process.flags().value("audit-webhook-config-file").filter(value -> value.startsWith("/"));
        return path.isPresent() ? files.read(path.get()) : Optional.empty();
    }

    private ObservedSink observed(WebhookKubeconfig kubeconfig, Optional<SinkHealth> current, boolean asks) {
        var isFailing = current.filter(SinkHealth::isFailing).isPresent();
        return new ObservedSink(
                kubeconfig.metricsHost(),
                current,
                last.map(Reading::lostAtStop).orElse(0L),
                asks ? answer.get(kubeconfig, isFailing) : Optional.empty(),
                failure());
    }

    private void readIfDue(ApiServerProcess process, WebhookKubeconfig kubeconfig) {
        var isSame = last.filter(reading -> reading.process().isSameAs(process)).isPresent();
        if (tried.filter(process::isSameAs).isPresent() && ticker.now().isBefore(nextReading)) {
            return;
        }
        tried = Optional.of(process);
        nextReading = ticker.now().plus(INTERVAL);
        try {
            var counters = metrics.read(
                    address.apply(process),
                    text -> SinkCountersReader.read(text, kubeconfig.metricsHost(), plugins(process)));
            var before = last.map(Reading::health);
            var lostAtStop = isSame
                    ? last.map(Reading::lostAtStop).orElse(0L)
                    : before.filter(SinkHealth::isFailing)
                            .map(SinkHealth::unsent)
                            .orElse(0L);
            var health = before.filter(_ -> isSame)
                    .map(known -> known.next(counters, clock.instant()))
                    .orElseGet(() -> SinkHealth.first(counters, clock.instant()));
            last = Optional.of(new Reading(process, ticker.now(), health, lostAtStop));
            failure = "";
        } catch (IOException unavailable) {
            failure = String.valueOf(unavailable.getMessage());
        }
    }

    /** A log in mode batch counts the events that its full buffer drops under the same name. */
    private static Set<String> plugins(ApiServerProcess process) {
        var logIsBuffered =
                process.flags().value("audit-log-mode").filter("batch"::equals).isPresent();
        return logIsBuffered ? Set.of("webhook") : Set.of("webhook", "buffered");
    }
}
