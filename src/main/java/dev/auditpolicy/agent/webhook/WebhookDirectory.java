package dev.auditpolicy.agent.webhook;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directories with the kubeconfig of the webhook and the files that it names, one for each kubeconfig: a rollback to an
 * earlier one finds its files as they were, so that the journal needs no credentials.
 */
final class WebhookDirectory {

    private static final Pattern HASH = Pattern.compile(NodeWebhook.HASH);

    private final NodeFiles files;

    WebhookDirectory(NodeFiles files) {
        this.files = files;
    }

    /** The files in {@code directory}, by name. None if it does not exist. */
    Map<String, FileImage> read(String directory) throws IOException {
        var found = new TreeMap<String, FileImage>();
        for (var name : files.names(directory)) {
            files.read(directory + "/" + name).ifPresent(image -> found.put(name, image));
        }
        return found;
    }

    /** Replaces the files, each atomically, and the kubeconfig last: a kube-apiserver that starts meanwhile finds what it names. */
    void write(NodeWebhook webhook, Map<String, FileImage> wanted) throws IOException {
        var directory = webhook.directory();
        files.createDirectoryOf(directory);
        files.createDirectoryOf(directory + "/" + NodeWebhook.KUBECONFIG_KEY);
        var present = read(directory);
        var kubeconfigLast = comparing(NodeWebhook.KUBECONFIG_KEY::equals, Comparator.<Boolean>naturalOrder());
        for (var name : wanted.keySet().stream().sorted(kubeconfigLast).toList()) {
            write(directory + "/" + name, present.get(name), requireNonNull(wanted.get(name)));
        }
        for (var file : present.entrySet()) {
            if (!wanted.containsKey(file.getKey())) {
                files.delete(directory + "/" + file.getKey(), file.getValue());
            }
        }
    }

    private void write(String path, @Nullable FileImage present, FileImage wanted) throws IOException {
        if (!wanted.equals(present)) {
            files.replace(path, Optional.ofNullable(present), wanted);
        }
    }

    /**
     * Deletes the directories of all other kubeconfigs than {@code needed}. What else is there belongs to somebody else, such as
     * the kubeconfig of a webhook that a takeover has replaced.
     */
    void keepOnly(Set<String> needed) throws IOException {
        var others = files.names(NodeWebhook.DIRECTORY).stream()
                .filter(HASH.asMatchPredicate())
                .filter(kubeconfig -> !needed.contains(kubeconfig))
                .toList();
        for (var kubeconfig : others) {
            delete(NodeWebhook.DIRECTORY + "/" + kubeconfig);
        }
        if (!others.isEmpty()) {
            files.deleteEmptyDirectoryOf(NodeWebhook.DIRECTORY + "/" + NodeWebhook.KUBECONFIG_KEY);
        }
    }

    private void delete(String directory) throws IOException {
        for (var name : files.names(directory)) {
            var path = directory + "/" + name;
            var image = files.read(path);
            if (image.isPresent()) {
                files.delete(path, image.get());
            }
        }
        files.deleteEmptyDirectoryOf(directory + "/" + NodeWebhook.KUBECONFIG_KEY);
    }
}
