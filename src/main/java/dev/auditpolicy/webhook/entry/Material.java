package dev.auditpolicy.webhook.entry;

import java.util.Optional;

/** A certificate, a key or a token, in the kubeconfig itself or in a file. */
public final class Material {

    private final String field;
    private final byte[] content;
    private final Optional<String> key;

    Material(String field, byte[] content, Optional<String> key) {
        this.field = field;
        this.content = content.clone();
        this.key = key;
    }

    /**
     * Reads a pair of fields of which only one may be set.
     *
     * @param file the field with a path; {@code file + "-data"} is the one with the content
     */
    public static Optional<Material> read(Entry entry, String file, SecretFiles files) {
        String data = file + "-data";
        if (entry.text(file).isPresent() && entry.text(data).isPresent()) {
            entry.problems()
                    .refuse(
                            entry.path(data),
                            "",
                            "kube-apiserver does not start: " + file + " and " + data + " are both specified",
                            "remove " + data + ": kube-apiserver rereads a file, but not the data in a kubeconfig");
            return Optional.empty();
        }
        return entry.data(data)
                .map(content -> new Material(entry.path(data), content, Optional.empty()))
                .or(() -> files.read(entry, file));
    }

    /** Whether the kubeconfig has it, valid or not. */
    public static boolean isNamed(Entry entry, String file) {
        return entry.has(file) || entry.has(file + "-data");
    }

    /** Where the kubeconfig has it or names it. */
    public String field() {
        return field;
    }

    public byte[] content() {
        return content.clone();
    }

    /** The key of the Secret, if it is a file. */
    public Optional<String> key() {
        return key;
    }
}
