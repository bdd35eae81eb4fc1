package dev.auditpolicy.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Sends canaries: a canary is a GET of the node's AuditNode, sent to the kube-apiserver of the node. */
public final class CanarySender {

    /** How long to wait for the events of a canary. They are written before the response, but the disk may be busy. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How long to wait for the events of a canary that must not be recorded. A blocking backend writes them sooner. */
    private static final Duration ABSENCE_TIMEOUT = Duration.ofSeconds(1);

    private final AuditedRequests requests;
    private final AuditLog log;
    private final Function<ApiServerProcess, String> address;
    private final String path;
    private final Ticker ticker;
    private Optional<CacheEntry> cached = Optional.empty();

    /** Parsing the policy is the most expensive part of a canary, so the result is cached. */
    private record CacheEntry(String policy, CanaryExpectation expectation) {}

    /**
     * @param address host and port of a process
     * @param node name of the node
     */
    public CanarySender(
            AuditedRequests requests,
            AuditLog log,
            Function<ApiServerProcess, String> address,
            String node,
            Ticker ticker) {
        this.requests = requests;
        this.log = log;
        this.address = address;
        this.path = "/apis/" + Api.GROUP + "/" + Api.VERSION + "/auditnodes/" + node;
        this.ticker = ticker;
    }

    /** @throws IOException if kube-apiserver does not respond with status 200 */
    SentCanary send(AuditNodeSpec spec, ApiServerProcess process) throws IOException {
        var expectation = expectation(spec);
        var from = log.end(process, spec.log().path());
        var auditID = UUID.randomUUID().toString();
        var status = requests.get(address.apply(process), path, auditID);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("kube-apiserver responded with status " + status + " instead of 200");
        }
        var timeout = expectation.isAbsence() ? ABSENCE_TIMEOUT.plus(batchDelay(spec.log())) : timeout(spec.log());
        return new SentCanary(
                log,
                ticker,
                process,
                spec.log().path(),
                auditID,
                expectation,
                from,
                ticker.now().plus(timeout));
    }

    /** Whether the policy records a canary. If not, a canary says nothing about whether the log can be written. */
    boolean isRecorded(AuditNodeSpec spec) throws IOException {
        return !expectation(spec).isAbsence();
    }

    private CanaryExpectation expectation(AuditNodeSpec spec) throws IOException {
        if (cached.filter(entry -> entry.policy().equals(spec.policy())).isEmpty()) {
            cached = Optional.of(new CacheEntry(spec.policy(), evaluate(spec.policy())));
        }
        return cached.get().expectation();
    }

    private CanaryExpectation evaluate(String policy) throws IOException {
        var caller = requests.callerIdentity();
        var request = RequestInfo.of("GET", path).by(caller.user(), caller.groups());
        return switch (new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(policy.getBytes(UTF_8))) {
            case PolicyFileReading.Loaded loaded -> CanaryExpectation.of(loaded.policy(), request);
            case PolicyFileReading.InvalidFile refused ->
                throw new IOException("cannot evaluate the policy: " + refused.message());
        };
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
