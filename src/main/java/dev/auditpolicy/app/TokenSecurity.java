package dev.auditpolicy.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.auditpolicy.host.tls.ServingKey;
import dev.auditpolicy.host.tls.ServingKeyFiles;
import dev.auditpolicy.host.tls.ServingKeys;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** HTTPS, for clients with a bearer token that has the right. */
final class TokenSecurity implements MetricsSecurity {

    /** Opens the current key, which may be missing. */
    interface KeySource {
        Supplier<ServingKey> open() throws IOException;
    }

    private final KeySource key;
    private final TokenAccess tokens;

    TokenSecurity(KeySource key, TokenAccess tokens) {
        this.key = key;
        this.tokens = tokens;
    }

    /** With a certificate that is made when the server starts. */
    static TokenSecurity selfSigned(KubernetesClient client, String hostAddress) {
        return new TokenSecurity(
                () -> {
                    var key = ServingKey.selfSigned(InetAddress.getByName(hostAddress), InstantSource.system());
                    return () -> key;
                },
                tokensOf(client));
    }

    static TokenSecurity withFiles(KubernetesClient client, Path certificate, Path privateKey) {
        return new TokenSecurity(() -> new ServingKeyFiles(certificate, privateKey), tokensOf(client));
    }

    private static TokenAccess tokensOf(KubernetesClient client) {
        return new TokenAccess(new ApiTokenReviewer(client), InstantSource.system());
    }

    @Override
    public HttpServer create(InetSocketAddress address) throws IOException {
        var manager = new ServingKeys(key.open());
        var server = HttpsServer.create(address, 0);
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {manager}, null, null);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    @Override
    public MetricsAccess access(HttpExchange exchange) {
        return tokens.of(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    /** One may ask the API server and others wait for that. kubelet's probe must get through. */
    @Override
    public int threads() {
        return 4;
    }
}
