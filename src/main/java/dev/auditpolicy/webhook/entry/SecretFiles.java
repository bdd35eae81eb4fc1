package dev.auditpolicy.webhook.entry;

import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The keys of the Secret, each of which is a file beside the kubeconfig on the node. */
public record SecretFiles(Map<String, byte[]> keys) {

    public SecretFiles {
        keys = Map.copyOf(keys);
    }

    /** The file that a field names; empty if the field is absent, or if there is no such file, which is then a problem. */
    public Optional<Material> read(Entry entry, String field) {
        return entry.text(field).flatMap(path -> {
            String key = path.startsWith("./") ? path.substring(2) : path;
            byte[] content = keys.get(key);
            if (content != null) {
                return Optional.of(new Material(entry.path(field), content, Optional.of(key)));
            }
            String reason;
            if (path.startsWith("/")) {
                reason =
                        "an absolute path, and on the node only the keys of the Secret are files that kube-apiserver is given";
            } else if (key.contains("/") || key.equals("..")) {
                reason =
                        "a path to another directory, and all keys of the Secret are files in the directory of the kubeconfig";
            } else {
                reason = "the Secret has no such key, and kube-apiserver does not start: \"open " + key
                        + ": no such file or directory\"";
            }
            entry.problems()
                    .refuse(
                            entry.path(field),
                            path,
                            reason,
                            "add the file to the Secret as a key, and write the name of the key here" + others(keys));
            return Optional.empty();
        });
    }

    private static String others(Map<String, byte[]> keys) {
        var names = new TreeSet<>(keys.keySet());
        names.remove(WebhookKubeconfig.KEY);
        return names.isEmpty() ? "" : "; the Secret has " + String.join(", ", names);
    }
}
