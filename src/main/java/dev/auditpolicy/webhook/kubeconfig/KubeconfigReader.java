package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.policy.tree.BeyondLimitsException;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.entry.Material;
import dev.auditpolicy.webhook.entry.Problems;
import dev.auditpolicy.webhook.entry.SecretFiles;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the Secret of the webhook backend as kube-apiserver reads the files that are made of it, and finds what kube-apiserver
 * refuses and what it accepts and then loses all events with.
 */
public final class KubeconfigReader {

    /** What the API server stores at most of a Secret. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final String REFUSED = "kube-apiserver does not start: ";

    private final InstantSource clock;

    public KubeconfigReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Reads a Secret.
     *
     * @param keys the keys of the Secret, decoded
     */
    public KubeconfigReading read(Map<String, byte[]> keys) {
        var problems = new Problems();
        Optional<WebhookKubeconfig> kubeconfig =
                root(keys, problems).flatMap(CurrentContext::of).flatMap(context -> read(context, keys));
        return kubeconfig.isPresent() && problems.areNone()
                ? new KubeconfigReading.Usable(kubeconfig.get(), problems.warnings())
                : new KubeconfigReading.Unusable(problems.refusals(), problems.warnings());
    }

    private Optional<Entry> root(Map<String, byte[]> keys, Problems problems) {
        byte[] content = keys.get(WebhookKubeconfig.KEY);
        if (content == null) {
            problems.refuse(
                    WebhookKubeconfig.KEY,
                    "",
                    "the Secret has no such key, so there is no kubeconfig for kube-apiserver",
                    "add the kubeconfig to the Secret with the key kubeconfig");
            return Optional.empty();
        }
        if (keys.values().stream().mapToLong(key -> key.length).sum() > MAX_BYTES) {
            problems.refuse(
                    WebhookKubeconfig.KEY,
                    "",
                    "the keys are larger than 1 MiB together, which no Secret is",
                    "remove the certificates that are not needed");
            return Optional.empty();
        }
        try {
            Tree tree = Document.read(content).root();
            if (!(tree instanceof Tree.Fields)) {
                problems.refuse(
                        WebhookKubeconfig.KEY,
                        "",
                        REFUSED + "\"" + CurrentContext.NO_CONFIGURATION
                                + "\", which it says of a file without content",
                        "write a kubeconfig with clusters, contexts and current-context");
                return Optional.empty();
            }
            return Optional.of(new Entry("", tree, problems));
        } catch (BeyondLimitsException tooLarge) {
            problems.refuse(
                    WebhookKubeconfig.KEY,
                    "",
                    "larger or nested deeper than any kubeconfig",
                    "write only one cluster, user and context");
        } catch (MalformedDocumentException malformed) {
            // The parser's message can quote the text, which contains credentials.
            problems.refuse(
                    WebhookKubeconfig.KEY,
                    "",
                    REFUSED + "\"error loading config file\", because line "
                            + malformed.position().line() + " is not valid "
                            + (new String(content, UTF_8).stripLeading().startsWith("{") ? "JSON" : "YAML"),
                    "check the indentation and the quotes there, for example with: kubectl config view --kubeconfig=FILE");
        }
        return Optional.empty();
    }

    private Optional<WebhookKubeconfig> read(CurrentContext context, Map<String, byte[]> keys) {
        var files = new SecretFiles(keys);
        var rereadKeys = new HashSet<String>();
        var proxy = ProxyReader.read(context.cluster());
        var server = ServerReader.read(context.cluster(), proxy.isPresent());
        var tls = new TlsReader(context.cluster(), files, clock.instant());
        var authorities = tls.authorities();
        var user = new UserReader(context.user(), files, clock.instant());
        var client = user.client(rereadKeys);
        var credentials = user.credentials(rereadKeys);
        var headers = user.impersonation();
        server.ifPresent(address -> {
            tls.compareWith(address);
            user.compareWith(address);
        });
        return server.map(address -> new WebhookKubeconfig(
                address.uri(),
                address.authority(),
                tls.settings(authorities, client),
                user.effective(credentials, address),
                headers,
                proxy,
                rereadKeys,
                authorities.flatMap(Material::key),
                SecretHashing.of(
                        context.cluster(),
                        context.user(),
                        authorities
                                .filter(authority -> authority.key().isPresent())
                                .map(Material::content)
                                .orElseGet(() -> new byte[0]),
                        keys)));
    }
}
