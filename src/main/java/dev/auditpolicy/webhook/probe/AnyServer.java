package dev.auditpolicy.webhook.probe;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/** Trusts any server, because the kubeconfig has {@code insecure-skip-tls-verify} and kube-apiserver does so, too. */
final class AnyServer extends ServerOnlyTrust {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Any.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
