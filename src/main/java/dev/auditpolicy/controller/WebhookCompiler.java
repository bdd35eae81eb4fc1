package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the Secret of {@code spec.webhook}. Only its hashes leave the controller. */
final class WebhookCompiler {

    private static final String FIELD = "spec.webhook.kubeconfigSecret.name";

    private final Cluster cluster;
    private final KubeconfigReader reader;

    WebhookCompiler(Cluster cluster, KubeconfigReader reader) {
        this.cluster = cluster;
        this.reader = reader;
    }

    sealed interface Result {

        /**
         * What the Secret says.
         *
         * @param findings what works, and probably not as it was meant
         */
        record Read(NodeWebhook webhook, List<String> findings) implements Result {}

        record Unusable(List<String> problems) implements Result {}
    }

    /**
     * The webhook of every node.
     *
     * @param minor the minor version of the oldest kube-apiserver, such as 36
     * @param nodes what they have is kept if the Secret is gone
     */
    Result read(WebhookBackend settings, int minor, Collection<AuditNode> nodes) {
        var name = settings.kubeconfigSecret().name();
        try {
            return cluster.secret(name)
                    .map(secret -> read(settings, minor, secret))
                    .or(() -> present(settings, nodes))
                    .orElseGet(() -> new Result.Unusable(List.of(FIELD + "=" + name
                            + ": there is no such Secret in the namespace auditpolicy-system: create it")));
        } catch (IOException failure) {
            return new Result.Unusable(List.of(FIELD + "=" + name + ": " + failure.getMessage()));
        }
    }

    private Result read(WebhookBackend settings, int minor, Map<String, byte[]> secret) {
        var name = settings.kubeconfigSecret().name();
        return switch (reader.read(secret)) {
            case KubeconfigReading.Unusable unusable ->
                new Result.Unusable(
                        describe("the Secret " + name, unusable.problems()).toList());
            case KubeconfigReading.Usable usable ->
                new Result.Read(
                        new NodeWebhook(
                                settings,
                                usable.kubeconfig().restartHash(minor),
                                usable.kubeconfig().hashes().files()),
                        describe("spec.webhook: the Secret " + name, usable.warnings())
                                .toList());
        };
    }

    private static Stream<String> describe(String subject, List<KubeconfigProblem> problems) {
        return problems.stream().map(problem -> subject + ": " + problem);
    }

    /** A deleted Secret changes nothing on a node that has its files. */
    private static Optional<Result> present(WebhookBackend settings, Collection<AuditNode> nodes) {
        var secret = settings.kubeconfigSecret();
        return nodes.stream()
                .flatMap(node -> Optional.ofNullable(node.getSpec()).stream())
                .flatMap(spec -> Optional.ofNullable(spec.webhook()).stream())
                .filter(webhook -> webhook.settings().kubeconfigSecret().equals(secret))
                .findFirst()
                .map(webhook -> new Result.Read(
                        new NodeWebhook(settings, webhook.kubeconfig(), webhook.files()),
                        List.of(FIELD + "=" + secret.name()
                                + ": the Secret is gone. The nodes keep the kubeconfig that they have, and a node that joins"
                                + " cannot get it (create the Secret again)")));
    }
}
