package dev.auditpolicy.webhook.sink;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How kube-apiserver checks the server, and by what certificate the server knows it.
 *
 * @param authorities the only ones to trust; empty: the roots of the system
 * @param serverName the name in the server's certificate, if it is not the host
 * @param insecure whether any certificate is accepted
 */
public record TlsSettings(
        List<X509Certificate> authorities,
        Optional<ClientIdentity> client,
        Optional<String> serverName,
        boolean insecure) {

    public TlsSettings {
        authorities = List.copyOf(authorities);
    }
}
