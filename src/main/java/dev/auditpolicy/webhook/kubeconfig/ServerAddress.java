package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * Where kube-apiserver sends events.
 *
 * @param field in the kubeconfig
 * @param uri with the path that kube-apiserver requests
 * @param shown the URL without user, query string and fragment, which can be credentials
 * @param authority host and port as they are written
 * @param hasScheme whether the kubeconfig has it
 * @param user of the URL
 */
record ServerAddress(
        String field,
        String shown,
        URI uri,
        String authority,
        boolean hasScheme,
        Optional<SinkCredentials.Basic> user) {

    boolean isTls() {
        return "https".equals(uri.getScheme());
    }
}
