package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.entry.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Reads {@code proxy-url}. */
final class ProxyReader {

    private static final Set<String> SCHEMES = Set.of("http", "https", "socks5");

    private ProxyReader() {}

    static Optional<URI> read(Entry cluster) {
        return cluster.text("proxy-url").flatMap(text -> {
            Optional<URI> proxy = parsed(text);
            if (proxy.isEmpty()) {
                cluster.problems()
                        .refuse(
                                cluster.path("proxy-url"),
                                "",
                                "kube-apiserver does not start: \"invalid 'proxy-url'\", because it is no URL of scheme http,"
                                        + " https or socks5",
                                "write scheme, host and port, such as http://proxy.example.com:3128");
            }
            return proxy;
        });
    }

    /** The text can contain a password, so the reason is not passed on. */
    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri ->
                            uri.getHost() != null && uri.getScheme() != null && SCHEMES.contains(uri.getScheme()));
        } catch (URISyntaxException invalid) {
            return Optional.empty();
        }
    }
}
