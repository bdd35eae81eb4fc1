package dev.auditpolicy.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Sends canaries: a GET of the node's own AuditNode, sent to the node's own kube-apiserver. */
public final class CanarySender {

    /** How long a canary that is written before it is answered may take to be seen; the disk may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is not recorded can only be waited for. A blocking backend has written long before. */
    private static final Duration ABSENCE = Duration.ofSeconds(1);

    /** --audit-log-batch-max-wait where it is not set. */
    private static final int DEFAULT_MAX_WAIT_SECONDS = 30;

    /** Characters of a policy. To read one of a million takes 18 MB, and the agent's whole heap is 24. */
    private static final int LONGEST_POLICY = 300_000;

    private final AuditedRequests requests;
    private final AuditLog log;
    private final Function<ApiServerProcess, String> address;
    private final String path;
    private final InstantSource clock;
    private Optional<Expected> expected = Optional.empty();

    /** Reading a policy again for each canary would be the dearest part of it. */
    private record Expected(String policy, CanaryExpectation expectation) {}

    /**
     * @param address of a process, host and port
     * @param node name of the node
     */
    public CanarySender(
            AuditedRequests requests,
            AuditLog log,
            Function<ApiServerProcess, String> address,
            String node,
            InstantSource clock) {
        this.requests = requireNonNull(requests, "requests is null");
        this.log = requireNonNull(log, "log is null");
        this.address = requireNonNull(address, "address is null");
        this.path = "/apis/" + Api.GROUP + "/" + Api.VERSION + "/auditnodes/" + node;
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Whether it can be told what the policy says of a canary. */
    static boolean canTell(AuditNodeSpec spec) {
        return spec.policy().length() <= LONGEST_POLICY;
    }

    /** @throws IOException when it was not answered as it should have been */
    SentCanary start(AuditNodeSpec spec, ApiServerProcess process) throws IOException {
        var expectation = expectation(spec);
        var from = log.end(process, spec.log().path());
        var auditID = UUID.randomUUID().toString();
        var status = requests.get(address.apply(process), path, auditID);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("kube-apiserver answered it with status " + status);
        }
        var patience = (expectation.isAbsence() ? ABSENCE : PATIENCE).plus(heldBack(spec.log()));
        return new SentCanary(
                log,
                clock,
                process,
                spec.log().path(),
                auditID,
                expectation,
                from,
                clock.instant().plus(patience));
    }

    private CanaryExpectation expectation(AuditNodeSpec spec) throws IOException {
        if (expected.filter(known -> known.policy().equals(spec.policy())).isEmpty()) {
            expected = Optional.of(new Expected(spec.policy(), read(spec.policy())));
        }
        return expected.get().expectation();
    }

    private CanaryExpectation read(String policy) throws IOException {
        var requester = requests.requester();
        var request = RequestInfo.of("GET", path).by(requester.user(), requester.groups());
        return switch (new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(policy.getBytes(UTF_8))) {
            case PolicyFileReading.Loaded loaded -> CanaryExpectation.of(loaded.policy(), request);
            case PolicyFileReading.InvalidFile invalid ->
                throw new IOException("what the policy says of it cannot be told: " + invalid.message());
        };
    }

    /** Events wait for a batch to fill; a batch of one, which is kube-apiserver's default for the log, never does. */
    private static Duration heldBack(LogBackend settings) {
        var batch = Optional.ofNullable(settings.batch()).filter(_ -> settings.mode() == Mode.BATCH);
        return batch.filter(set -> set.maxSize() != null && set.maxSize() > 1)
                .map(set -> Duration.ofSeconds(
                        set.maxWaitSeconds() == null ? DEFAULT_MAX_WAIT_SECONDS : set.maxWaitSeconds()))
                .orElse(Duration.ZERO);
    }
}
