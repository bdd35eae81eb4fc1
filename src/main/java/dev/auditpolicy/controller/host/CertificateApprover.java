package dev.auditpolicy.controller.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.CertificateRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestConditionBuilder;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Field;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Approves the renewal of an agent's certificate: kube-controller-manager signs what is approved, and approves only requests of
 * kubelets. An administrator approves the first one, by {@code auditpolicy enroll}.
 */
@ControllerConfiguration(
        name = "auditpolicy-certificate",
        informer =
                @Informer(
                        // Not the requests of kubelets, of which a large cluster has many.
                        fieldSelector = @Field(path = "spec.signerName", value = AgentIdentity.SIGNER),
                        genericFilter = RequestsOfAgents.class,
                        comparableResourceVersions = false))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class CertificateApprover implements Reconciler<CertificateSigningRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateApprover.class);

    private final KubernetesClient client;
    private final Cluster cluster;

    public CertificateApprover(KubernetesClient client) {
        this.client = client;
        this.cluster = new Cluster(client);
    }

    @Override
    public UpdateControl<CertificateSigningRequest> reconcile(
            CertificateSigningRequest request, Context<CertificateSigningRequest> context) {
        if (isUndecided(request)) {
            refusal(request).ifPresentOrElse(reason -> leave(request, reason), () -> approve(request));
        }
        return UpdateControl.noUpdate();
    }

    /** Why the request is left to an administrator; empty if an agent asks for its own certificate, and for nothing else. */
    private Optional<String> refusal(CertificateSigningRequest request) {
        var spec = request.getSpec();
        var identity = AgentIdentity.ofUser(spec.getUsername())
                .filter(_ -> spec.getGroups().contains(AgentIdentity.GROUP));
        if (identity.isEmpty()) {
            return Optional.of("not from the agent of a host");
        }
        if (!spec.getSignerName().equals(AgentIdentity.SIGNER)
                || !spec.getUsages().equals(List.of(AgentIdentity.USAGE))) {
            return Optional.of("another signer or other usages");
        }
        if (!CertificateRequest.isFor(
                identity.get(), new String(Base64.getDecoder().decode(spec.getRequest()), US_ASCII))) {
            return Optional.of("for another subject than the requester, or with more than a subject");
        }
        return cluster.enrolledHosts().contains(identity.get().host())
                ? Optional.empty()
                : Optional.of("the host is not enrolled");
    }

    private void approve(CertificateSigningRequest request) {
        client.certificates()
                .v1()
                .certificateSigningRequests()
                .withName(request.getMetadata().getName())
                .approve(new CertificateSigningRequestConditionBuilder()
                        .withType("Approved")
                        .withStatus("True")
                        .withReason("RenewedByAgent")
                        .withMessage("the agent of the enrolled host renews its own certificate")
                        .build());
        LOG.atInfo()
                .addKeyValue("request", request.getMetadata().getName())
                .addKeyValue("user", request.getSpec().getUsername())
                .log("Approved the renewal of a certificate");
    }

    private static void leave(CertificateSigningRequest request, String reason) {
        LOG.atWarn()
                .addKeyValue("request", request.getMetadata().getName())
                .addKeyValue("user", request.getSpec().getUsername())
                .addKeyValue("reason", reason)
                .log("Certificate request not approved");
    }

    private static boolean isUndecided(CertificateSigningRequest request) {
        return Optional.ofNullable(request.getStatus())
                .map(CertificateSigningRequestStatus::getConditions)
                .filter(conditions -> !conditions.isEmpty())
                .isEmpty();
    }
}
