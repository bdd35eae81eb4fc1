package dev.auditpolicy.agent.webhook;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the receiver answers now. It is asked in the background, because an answer can take 20 s. */
final class ReceiverAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverAnswer.class);

    /** A receiver that begins to redirect is noticed only by asking: kube-apiserver takes the events for delivered. */
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Duration INTERVAL_OF_FAILURE = Duration.ofMinutes(1);

    private final WebhookPreflight.Sink sink;
    private final Ticker ticker;
    private final AtomicReference<Answer> last = new AtomicReference<>(Answer.NONE);

    ReceiverAnswer(WebhookPreflight.Sink sink, Ticker ticker) {
        this.sink = sink;
        this.ticker = ticker;
    }

    /** @param result empty while it is awaited for the first time */
    private record Answer(String kubeconfig, BootTime askedAt, boolean isAwaited, Optional<ProbeResult> result) {
        static final Answer NONE = new Answer("", BootTime.UNKNOWN, false, Optional.empty());
    }

    /**
     * The last answer, and asks again if it is time.
     *
     * @param isFailing whether the requests of kube-apiserver fail
     */
    Optional<ProbeResult> get(WebhookKubeconfig kubeconfig, boolean isFailing) {
        var known = requireNonNull(last.get());
        var isSame = known.kubeconfig().equals(kubeconfig.hashes().files());
        if (!known.isAwaited() && (!isSame || isDue(known, isFailing))) {
            ask(kubeconfig, isSame ? known.result() : Optional.empty());
        }
        return isSame ? known.result() : Optional.empty();
    }

    private boolean isDue(Answer known, boolean isFailing) {
        var delivers = known.result().filter(ProbeResult::delivers).isPresent();
        var interval = isFailing || !delivers ? INTERVAL_OF_FAILURE : INTERVAL;
        return !ticker.now().isBefore(known.askedAt().plus(interval));
    }

    private void ask(WebhookKubeconfig kubeconfig, Optional<ProbeResult> before) {
        var hash = kubeconfig.hashes().files();
        var asked = ticker.now();
        last.set(new Answer(hash, asked, true, before));
        Thread.ofPlatform()
                .daemon()
                .name("receiver-answer")
                .start(() -> last.set(new Answer(hash, asked, false, answer(kubeconfig))));
    }

    private Optional<ProbeResult> answer(WebhookKubeconfig kubeconfig) {
        try {
            return Optional.of(sink.ask(kubeconfig));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException failure) {
            LOG.atWarn().setCause(failure).log("Cannot ask the receiver of the webhook");
            return Optional.empty();
        }
    }
}
