package dev.auditpolicy.cli;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.cli.webhook.SecretReader;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.util.Map;
import java.util.Set;

/**
 * The Secret of {@code spec.webhook}, given as a file.
 *
 * @param source the name of the file
 */
record SecretArgument(String source, SecretReader.Secret secret, WebhookKubeconfig kubeconfig) {

    /** @throws InvalidInputException if it is no Secret, or the operator would not use it */
    static SecretArgument read(Input input, KubeconfigReader reader) {
        SecretReader.Secret secret;
        try {
            secret = SecretReader.read(input.content());
        } catch (IllegalArgumentException unusable) {
            throw new InvalidInputException(input.name() + ": " + unusable.getMessage());
        }
        return switch (reader.read(secret.keys())) {
            case KubeconfigReading.Usable usable -> new SecretArgument(input.name(), secret, usable.kubeconfig());
            case KubeconfigReading.Unusable unusable ->
                throw new InvalidInputException(input.name() + ": "
                        + unusable.problems().stream()
                                .map(KubeconfigProblem::toString)
                                .collect(joining("; ")));
        };
    }

    Map<String, byte[]> keys() {
        return secret.keys();
    }

    /**
     * The webhook as the operator compiles it.
     *
     * @param version of the oldest kube-apiserver: before 1.36, a changed authority needs a restart
     */
    NodeWebhook compiled(WebhookBackend settings, KubernetesVersion version) {
        String name = settings.kubeconfigSecret().name();
        if (!secret.name().equals(name)) {
            throw new InvalidInputException(source + ": is the Secret " + secret.name()
                    + ", and spec.webhook.kubeconfigSecret.name is " + name);
        }
        return new NodeWebhook(
                settings,
                kubeconfig.restartHash(version.minor()),
                kubeconfig.hashes().files());
    }

    /** Whether it is the one that the operator has compiled. */
    boolean isOf(NodeWebhook webhook) {
        return Set.of(kubeconfig.hashes().kubeconfig(), kubeconfig.hashes().kubeconfigAndAuthorities())
                .contains(webhook.kubeconfig());
    }
}
