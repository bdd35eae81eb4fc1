package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends canaries that the log must contain. */
public final class CanarySender {

    /** How long to wait for the events of a canary. They are written before the response, but the disk may be busy. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long to wait for the events of a canary that must not be recorded. A blocking backend writes them sooner. */
    private static final Duration ABSENCE_TIMEOUT = Duration.ofSeconds(1);

    private final CanaryRequests requests;
    private final AuditLog log;
    private final Ticker ticker;

    public CanarySender(CanaryRequests requests, AuditLog log, Ticker ticker) {
        this.requests = requests;
        this.log = log;
        this.ticker = ticker;
    }

    /** @throws IOException if kube-apiserver does not respond with status 200 */
    SentCanary send(AuditNodeSpec spec, ApiServerProcess process) throws IOException {
        var settings = requireNonNull(spec.log(), "no log");
        var expectation = requests.expectation(spec);
        var from = log.end(process, settings.path());
        var auditID = requests.send(process);
        var timeout = expectation.isAbsence() ? ABSENCE_TIMEOUT.plus(batchDelay(settings)) : timeout(settings);
        return new SentCanary(
                log,
                ticker,
                process,
                settings.path(),
                auditID,
                expectation,
                from,
                ticker.now().plus(timeout));
    }

    /** Whether the policy records a canary. If not, a canary says nothing about whether the log can be written. */
    boolean isRecorded(AuditNodeSpec spec) throws IOException {
        return !requests.expectation(spec).isAbsence();
    }

    /** The longest time after which the events of a canary are in the log. */
    public static Duration timeout(LogBackend settings) {
        return TIMEOUT.plus(batchDelay(settings));
    }

    /** How long events wait for a batch to fill. By default, batches of the log have one event, and larger ones do not wait. */
    private static Duration batchDelay(LogBackend settings) {
        var batch = Optional.ofNullable(settings.batch()).filter(_ -> settings.mode() == Mode.BATCH);
        return batch.filter(set -> set.maxSize() != null && set.maxSize() > 1)
                .map(Batch::maxWaitSeconds)
                .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).longValue()))
                .orElse(Duration.ZERO);
    }
}
