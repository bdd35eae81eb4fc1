package dev.auditpolicy.webhook.sink;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What kube-apiserver makes of the kubeconfig of a Secret.
 *
 * @param server as kube-apiserver requests it: without user, query string and trailing slash
 * @param metricsHost the label {@code host} of {@code rest_client_requests_total}: host and port as the kubeconfig has them
 * @param tls without effect if the server is http
 * @param headers the impersonation headers
 * @param proxy the proxy that the kubeconfig names; it may contain a password
 * @param rereadKeys the keys of the Secret with tokens, client certificates and their keys, which kube-apiserver rereads
 * @param authorityKey the key of the Secret with the server's authorities, which kube-apiserver rereads since 1.36
 * @param hashes over the files
 */
public record WebhookKubeconfig(
        URI server,
        String metricsHost,
        TlsSettings tls,
        SinkCredentials credentials,
        Map<String, List<String>> headers,
        Optional<URI> proxy,
        Set<String> rereadKeys,
        Optional<String> authorityKey,
        SecretHashes hashes) {

    /** The key of the Secret with the kubeconfig itself. */
    public static final String KEY = "kubeconfig";

    /** The first version that rereads the file with the server's authorities. */
    private static final int AUTHORITY_REREAD_SINCE = 36;

    public WebhookKubeconfig {
        headers = Map.copyOf(headers);
        rereadKeys = Set.copyOf(rereadKeys);
    }

    public boolean isTls() {
        return "https".equals(server.getScheme());
    }

    /**
     * The keys of the Secret whose changes kube-apiserver notices without a restart.
     *
     * @param minor the version of kube-apiserver: 36 for 1.36
     */
    public Set<String> keysWithoutRestart(int minor) {
        var keys = new TreeSet<>(rereadKeys);
        if (minor >= AUTHORITY_REREAD_SINCE) {
            authorityKey.ifPresent(keys::add);
        }
        return keys;
    }

    /** The keys of the Secret whose changes need a restart; the same as above for the version. */
    public Set<String> keysWithRestart(int minor) {
        var keys = new TreeSet<>(Set.of(KEY));
        authorityKey.filter(key -> !keysWithoutRestart(minor).contains(key)).ifPresent(keys::add);
        return keys;
    }

    /**
     * The hash over everything whose change needs a restart: two Secrets with the same hash need none.
     *
     * @param minor the version of kube-apiserver: 36 for 1.36
     */
    public String restartHash(int minor) {
        return minor >= AUTHORITY_REREAD_SINCE ? hashes.kubeconfig() : hashes.kubeconfigAndAuthorities();
    }

    /** Without headers, and without user and password of the proxy. */
    @Override
    public String toString() {
        return "WebhookKubeconfig[" + server + ", " + tls + ", " + credentials + "]";
    }
}
