package dev.auditpolicy.webhook.probe;

import dev.auditpolicy.webhook.sink.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS with the settings of a kubeconfig. */
final class SinkTls {

    private SinkTls() {}

    static SSLContext context(TlsSettings settings, List<X509Certificate> systemRoots)
            throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(
                settings.client()
                        .map(client -> new KeyManager[] {new ClientKey(client)})
                        .orElse(new KeyManager[0]),
                new TrustManager[] {trust(settings, systemRoots)},
                null);
        return settings.serverName()
                .<SSLContext>map(name -> NamedServerContext.of(context, name))
                .orElse(context);
    }

    private static TrustManager trust(TlsSettings settings, List<X509Certificate> systemRoots)
            throws GeneralSecurityException, IOException {
        if (settings.insecure()) {
            return new AnyServer();
        }
        var roots = settings.authorities().isEmpty() ? systemRoots : settings.authorities();
        return new NamedServers(trusting(roots.isEmpty() ? null : store(roots)));
    }

    /** @param roots null: those of the Java runtime */
    private static X509ExtendedTrustManager trusting(@Nullable KeyStore roots) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static KeyStore store(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int index = 0; index < roots.size(); index++) {
            store.setCertificateEntry(String.valueOf(index), roots.get(index));
        }
        return store;
    }
}
