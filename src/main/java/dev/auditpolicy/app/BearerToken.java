package dev.auditpolicy.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;

/** The current token of the client, which kubelet renews. */
record BearerToken(KubernetesClient client) implements Supplier<String> {

    @Override
    public String get() {
        var config = client.getConfiguration();
        return Optional.ofNullable(config.getAutoOAuthToken())
                .or(() -> Optional.ofNullable(config.getOauthToken()))
                .orElse("");
    }
}
