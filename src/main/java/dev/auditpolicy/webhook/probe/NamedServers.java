package dev.auditpolicy.webhook.probe;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own check, and what Go adds to it. */
final class NamedServers extends ServerOnlyTrust {

    private final X509ExtendedTrustManager java;

    NamedServers(X509ExtendedTrustManager java) {
        this.java = java;
    }

    /** Java takes the common name of a certificate without alternative names for the name of the server; Go does not. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        java.checkServerTrusted(chain, type, engine);
        if (chain[0].getSubjectAlternativeNames() == null) {
            throw new CertificateException("x509: certificate relies on legacy Common Name field, use SANs instead");
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }
}
