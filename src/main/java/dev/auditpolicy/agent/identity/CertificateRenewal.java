package dev.auditpolicy.agent.identity;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.AgentKubeconfig;
import dev.auditpolicy.identity.CertificateRequest;
import dev.auditpolicy.journal.FileImage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the certificate in the agent's kubeconfig: with a new key, signed for the request of the present certificate. A process that
 * runs keeps the certificate with which it has started, and its open connections would fail when that expires: the agent restarts
 * once the file contains another one.
 */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    /** For a request that was denied or has failed: each one stays in the cluster for an hour or a day. */
    private static final Duration RETRY_AFTER = Duration.ofHours(1);

    private final CertificateRequests requests;
    private final NodeFiles files;
    private final String path;
    private final AgentIdentity identity;
    private final X509Certificate inUse;
    private final InstantSource clock;

    private Instant requestAt;
    private Optional<Pending> pending = Optional.empty();
    private String problem = "";
    private volatile boolean isRenewed;

    /**
     * A renewal of the certificate that this process uses.
     *
     * @param path of the kubeconfig from which {@code client} was made
     */
    public CertificateRenewal(
            KubernetesClient client,
            NodeFiles files,
            String path,
            AgentIdentity identity,
            X509Certificate inUse,
            InstantSource clock) {
        this.requests = new CertificateRequests(client);
        this.files = files;
        this.path = path;
        this.identity = identity;
        this.inUse = inUse;
        this.clock = clock;
        this.requestAt = renewAt(inUse);
    }

    private record Pending(String request, KeyPair key) {}

    /** Whether the file contains another certificate than the one that this process uses: renewed here, or by an administrator. */
    public boolean isRenewed() {
        return isRenewed;
    }

    /** Does what can be done now. Must be called by one thread, about once a minute. */
    public void check() {
        try {
            step();
        } catch (IOException | IllegalArgumentException | KubernetesClientException failure) {
            report(String.valueOf(failure.getMessage()));
        }
    }

    private void step() throws IOException {
        var file = files.read(path).orElseThrow(() -> new IOException(path + " is gone"));
        var kubeconfig = new AgentKubeconfig(file.text());
        if (!kubeconfig.certificate().equals(inUse)) {
            isRenewed = true;
        } else if (pending.isPresent()) {
            collect(pending.get(), kubeconfig, file);
        } else if (!clock.instant().isBefore(requestAt)) {
            var key = CertificateRequest.newKey();
            pending = Optional.of(new Pending(requests.create(identity, CertificateRequest.pem(identity, key)), key));
        }
    }

    private void collect(Pending asked, AgentKubeconfig kubeconfig, FileImage file) throws IOException {
        switch (requests.state(asked.request())) {
            case CertificateRequests.State.Pending _ -> report(asked.request() + " is not approved or not signed");
            case CertificateRequests.State.Over over -> {
                pending = Optional.empty();
                requestAt = clock.instant().plus(RETRY_AFTER);
                throw new IOException(over.reason());
            }
            case CertificateRequests.State.Issued issued -> {
                pending = Optional.empty();
                keep(kubeconfig.renewed(issued.certificate(), asked.key().getPrivate()), asked, file);
            }
        }
    }

    private void keep(AgentKubeconfig renewed, Pending asked, FileImage file) throws IOException {
        var certificate = renewed.certificate();
        if (!certificate.getPublicKey().equals(asked.key().getPublic())) {
            throw new IOException("the certificate of " + asked.request() + " is for another key");
        }
        files.replace(path, Optional.of(file), file.withText(renewed.yaml()));
        isRenewed = true;
        LOG.atInfo()
                .addKeyValue("user", identity.user())
                .addKeyValue("validUntil", certificate.getNotAfter().toInstant())
                .log("Renewed the client certificate");
    }

    /** Once for each reason: the next attempt follows soon. */
    private void report(String reason) {
        if (!reason.equals(problem)) {
            problem = reason;
            LOG.atWarn()
                    .addKeyValue("user", identity.user())
                    .addKeyValue("validUntil", inUse.getNotAfter().toInstant())
                    .addKeyValue("reason", reason)
                    .log("Client certificate not renewed yet");
        }
    }

    /** After two thirds of its validity. */
    private static Instant renewAt(X509Certificate certificate) {
        var from = certificate.getNotBefore().toInstant();
        return from.plus(Duration.between(from, certificate.getNotAfter().toInstant())
                .multipliedBy(2)
                .dividedBy(3));
    }
}
