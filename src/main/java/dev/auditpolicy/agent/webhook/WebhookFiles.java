package dev.auditpolicy.agent.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the files of a Secret to the node, for the user of kube-apiserver alone. */
public final class WebhookFiles {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookFiles.class);

    private final WebhookDirectory directory;
    private final SecretSource secrets;
    private final KubeconfigReader reader;

    public WebhookFiles(NodeFiles files, SecretSource secrets, KubeconfigReader reader) {
        this.directory = new WebhookDirectory(files);
        this.secrets = secrets;
        this.reader = reader;
    }

    /**
     * Writes the files, unless they are there. A kube-apiserver with this kubeconfig may be running: then only the files change
     * that it rereads by itself.
     *
     * @param user as whom kube-apiserver reads them
     * @return what the kubeconfig says
     * @throws IOException if the Secret cannot be read or used; the message has the way out
     */
    public WebhookKubeconfig write(NodeWebhook webhook, ProcessUser user) throws IOException {
        var present = directory.read(webhook.directory());
        var known = usable(reader.read(bytes(present)));
        if (known.filter(kubeconfig -> kubeconfig.hashes().files().equals(webhook.files()))
                .filter(_ -> present.values().stream().allMatch(file -> file.equals(image(user, file.text()))))
                .isPresent()) {
            return known.get();
        }
        var name = webhook.settings().kubeconfigSecret().name();
        var secret = secrets.read(name);
        if (secret.isEmpty()) {
            return known.filter(kubeconfig -> isOf(webhook, kubeconfig))
                    .orElseThrow(() -> new IOException("webhook.kubeconfigSecret.name=" + name
                            + ": there is no such Secret in the namespace auditpolicy-system: create it"));
        }
        var kubeconfig = read(name, secret.get());
        if (!isOf(webhook, kubeconfig)) {
            throw new IOException("the kubeconfig in the Secret " + name
                    + " is not the one of this revision: waiting for the controller to read it");
        }
        directory.write(webhook, images(name, secret.get(), user));
        LOG.atInfo()
                .addKeyValue("secret", name)
                .addKeyValue("directory", webhook.directory())
                .log("Webhook files written");
        return kubeconfig;
    }

    /**
     * The kubeconfig that a running kube-apiserver has read; empty if this operator has not written it.
     *
     * @param path the value of {@code --audit-webhook-config-file}
     */
    public Optional<WebhookKubeconfig> read(String path) throws IOException {
        var parent = Path.of(path).getParent();
        return parent != null && Path.of(NodeWebhook.DIRECTORY).equals(parent.getParent())
                ? usable(reader.read(bytes(directory.read(parent.toString()))))
                : Optional.empty();
    }

    private WebhookKubeconfig read(String name, Map<String, byte[]> secret) throws IOException {
        return switch (reader.read(secret)) {
            case KubeconfigReading.Usable found -> found.kubeconfig();
            case KubeconfigReading.Unusable unusable ->
                throw new IOException("the Secret " + name + " cannot be used: "
                        + unusable.problems().stream()
                                .map(KubeconfigProblem::toString)
                                .collect(joining("; ")));
        };
    }

    /** Deletes the files of other revisions than those of {@code needed}. */
    public void deleteOthers(Stream<AuditNodeSpec> needed) throws IOException {
        directory.keepOnly(needed.filter(spec -> !spec.restores())
                .flatMap(spec -> Optional.ofNullable(spec.webhook()).stream())
                .map(NodeWebhook::kubeconfig)
                .collect(Collectors.toSet()));
    }

    private static boolean isOf(NodeWebhook webhook, WebhookKubeconfig kubeconfig) {
        var hashes = kubeconfig.hashes();
        return webhook.kubeconfig().equals(hashes.kubeconfig())
                || webhook.kubeconfig().equals(hashes.kubeconfigAndAuthorities());
    }

    private static Optional<WebhookKubeconfig> usable(KubeconfigReading reading) {
        return reading instanceof KubeconfigReading.Usable found ? Optional.of(found.kubeconfig()) : Optional.empty();
    }

    private static Map<String, byte[]> bytes(Map<String, FileImage> files) {
        return files.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, file -> file.getValue()
                .bytes()));
    }

    private static Map<String, FileImage> images(String name, Map<String, byte[]> secret, ProcessUser user)
            throws IOException {
        var images = new TreeMap<String, FileImage>();
        for (var key : secret.entrySet()) {
            images.put(key.getKey(), image(user, text(name, key.getKey(), key.getValue())));
        }
        return images;
    }

    private static FileImage image(ProcessUser user, String text) {
        return FileImage.ownedBy(user.uid(), user.gid(), text);
    }

    private static String text(String name, String key, byte[] content) throws IOException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException binary) {
            throw new IOException(
                    "the key " + key + " of the Secret " + name + " is not text: use PEM, or remove the key", binary);
        }
    }
}
