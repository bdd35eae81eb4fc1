package dev.auditpolicy.agent.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.auditpolicy.identity.AgentIdentity;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificate requests as JSON: the agent loads no model classes that it needs once in two months. */
final class CertificateRequests {

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("certificates.k8s.io")
            .withVersion("v1")
            .withKind("CertificateSigningRequest")
            .withPlural("certificatesigningrequests")
            .withNamespaced(false)
            .build();

    private final KubernetesClient client;

    CertificateRequests(KubernetesClient client) {
        this.client = client;
    }

    /** What has become of a request. */
    sealed interface State {

        /** Not approved or not signed yet. */
        record Pending() implements State {}

        /**
         * Signed.
         *
         * @param certificate as PEM
         */
        record Issued(String certificate) implements State {}

        /** Denied, failed, or deleted, as Kubernetes does after a day. */
        record Over(String reason) implements State {}
    }

    /** Creates a request and returns its name. */
    String create(AgentIdentity identity, String pem) {
        var request = new GenericKubernetesResource();
        request.setApiVersion("certificates.k8s.io/v1");
        request.setKind("CertificateSigningRequest");
        request.setMetadata(new ObjectMetaBuilder()
                .withGenerateName("auditpolicy-agent-" + identity.host() + "-")
                .build());
        request.setAdditionalProperty("spec", AgentIdentity.requestSpec(pem));
        return client.genericKubernetesResources(KIND)
                .resource(request)
                .create()
                .getMetadata()
                .getName();
    }

    State state(String name) {
        var request = client.genericKubernetesResources(KIND).withName(name).get();
        if (request == null) {
            return new State.Over("the request " + name + " was deleted");
        }
        var certificate = Optional.ofNullable(request.<String>get("status", "certificate"));
        if (certificate.isPresent()) {
            return new State.Issued(new String(Base64.getDecoder().decode(certificate.get()), US_ASCII));
        }
        return Optional.ofNullable(request.<List<Map<String, Object>>>get("status", "conditions")).stream()
                .flatMap(List::stream)
                .filter(condition -> !"Approved".equals(condition.get("type")))
                .findFirst()
                .<State>map(condition -> new State.Over(
                        "the request " + name + " is " + condition.get("type") + ": " + condition.get("message")))
                .orElseGet(State.Pending::new);
    }
}
