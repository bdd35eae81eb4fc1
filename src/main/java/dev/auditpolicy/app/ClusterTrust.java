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

/** Socket factories that trust the certificate authority of the cluster. */
final class ClusterTrust {

    private ClusterTrust() {}

    /** Trusts the certificate authority of the client configuration. */
    static SSLSocketFactory of(Config config) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(SSLUtils.keyManagers(config), SSLUtils.trustManagers(config), null);
        return context.getSocketFactory();
    }

    /** Trusts the PEM {@code certificateAuthority}. */
    static SSLSocketFactory of(String certificateAuthority) throws GeneralSecurityException, IOException {
        var data = Base64.getEncoder().encodeToString(certificateAuthority.getBytes(UTF_8));
        return of(new ConfigBuilder(Config.empty()).withCaCertData(data).build());
    }

    /** Trusts the PEM in the file {@code path}. */
    static SSLSocketFactory ofFile(String path) throws GeneralSecurityException, IOException {
        return of(new ConfigBuilder(Config.empty()).withCaCertFile(path).build());
    }

    /** The certificate authority of the client configuration as PEM. */
    static String certificateAuthority(Config config) throws IOException {
        try (var pem = CertUtils.getInputStreamFromDataOrFile(config.getCaCertData(), config.getCaCertFile())) {
            return new String(pem.readAllBytes(), UTF_8);
        }
    }
}
