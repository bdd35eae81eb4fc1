package dev.auditpolicy.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;

/** The client's own token, which kubelet renews and the client reads again. */
record BearerToken(KubernetesClient client) implements Supplier<String> {

    @Override
    public String get() {
        var config = client.getConfiguration();
        return Optional.ofNullable(config.getAutoOAuthToken())
                .or(() -> Optional.ofNullable(config.getOauthToken()))
                .orElse("");
    }
}
