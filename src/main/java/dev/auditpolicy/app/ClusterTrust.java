package dev.auditpolicy.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Trust in the certificate authority that the client's configuration names, as for the API server itself. */
final class ClusterTrust {

    private ClusterTrust() {}

    static SSLSocketFactory of(Config config) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config), null);
        return context.getSocketFactory();
    }
}
