package dev.auditpolicy.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
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

    /** The same, of a process that knows nothing of the cluster but this PEM. */
    static SSLSocketFactory of(String certificateAuthority) throws GeneralSecurityException, IOException {
        var data = Base64.getEncoder().encodeToString(certificateAuthority.getBytes(UTF_8));
        return of(new ConfigBuilder(Config.empty()).withCaCertData(data).build());
    }

    /** The same, by the PEM in {@code path}. */
    static SSLSocketFactory ofFile(String path) throws GeneralSecurityException, IOException {
        return of(new ConfigBuilder(Config.empty()).withCaCertFile(path).build());
    }

    /** As PEM. */
    static String certificateAuthority(Config config) throws IOException {
        try (var pem = CertUtils.getInputStreamFromDataOrFile(config.getCaCertData(), config.getCaCertFile())) {
            return new String(pem.readAllBytes(), UTF_8);
        }
    }
}
