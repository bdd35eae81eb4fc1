package dev.auditpolicy.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Canaries: a canary is a GET of the node's AuditNode, sent to the kube-apiserver of the node. */
public final class CanaryRequests {

    private final AuditedRequests requests;
    private final Function<ApiServerProcess, String> address;
    private final String path;
    private Optional<CacheEntry> cached = Optional.empty();

    /** Parsing the policy is the most expensive part of a canary, so the result is cached. */
    private record CacheEntry(String policy, CanaryExpectation expectation) {}

    /**
     * Canaries for one node.
     *
     * @param address host and port of a process
     * @param node name of the node
     */
    public CanaryRequests(AuditedRequests requests, Function<ApiServerProcess, String> address, String node) {
        this.requests = requests;
        this.address = address;
        this.path = "/apis/" + Api.GROUP + "/" + Api.VERSION + "/auditnodes/" + node;
    }

    /**
     * Sends a canary and returns its Audit-ID.
     *
     * @throws IOException if kube-apiserver does not respond with status 200
     */
    public String send(ApiServerProcess process) throws IOException {
        var auditID = UUID.randomUUID().toString();
        var status = requests.get(address.apply(process), path, auditID);
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("kube-apiserver responded with status " + status + " instead of 200");
        }
        return auditID;
    }

    /** What the policy of {@code spec} records of a canary. */
    public CanaryExpectation expectation(AuditNodeSpec spec) throws IOException {
        if (cached.filter(entry -> entry.policy().equals(spec.policy())).isEmpty()) {
            cached = Optional.of(new CacheEntry(spec.policy(), evaluate(spec.policy())));
        }
        return cached.orElseThrow().expectation();
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
}
