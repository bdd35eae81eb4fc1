package dev.auditpolicy.controller.host;

import dev.auditpolicy.identity.AgentIdentity;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;

/** Not those of people and other programs, which only an administrator approves. */
public final class RequestsOfAgents implements GenericFilter<CertificateSigningRequest> {

    @Override
    public boolean accept(CertificateSigningRequest request) {
        return request.getSpec().getUsername() != null
                && request.getSpec().getUsername().startsWith(AgentIdentity.USER_PREFIX);
    }
}
