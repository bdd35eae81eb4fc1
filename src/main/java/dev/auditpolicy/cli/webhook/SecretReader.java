package dev.auditpolicy.cli.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a Secret as kubectl prints it, or as it is written to be applied. No message quotes its values. */
public final class SecretReader {

    private SecretReader() {}

    /**
     * A Secret.
     *
     * @param keys decoded
     */
    public record Secret(String name, Map<String, byte[]> keys) {
        public Secret {
            keys = Map.copyOf(keys);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it is no Secret; the message says why
     */
    public static Secret read(byte[] content) {
        Tree root = root(content);
        if (text(root.field("kind")).filter("Secret"::equals).isEmpty()) {
            throw new IllegalArgumentException(
                    "not a Secret: pass one Secret, as kubectl get secret NAME -o yaml prints it");
        }
        Map<String, byte[]> keys = new TreeMap<>();
        add(root, "data", SecretReader::decoded, keys);
        add(root, "stringData", text -> text.getBytes(UTF_8), keys);
        String name = root.field("metadata")
                .flatMap(metadata -> text(metadata.field("name")))
                .orElse("");
        return new Secret(name, keys);
    }

    private static Tree root(byte[] content) {
        try {
            return Document.read(content).root();
        } catch (MalformedDocumentException malformed) {
            // The parser's message can quote the text.
            throw new IllegalArgumentException(
                    "line " + malformed.position().line() + " is not valid YAML or JSON", malformed);
        }
    }

    private static void add(Tree secret, String field, Function<String, byte[]> decoder, Map<String, byte[]> keys) {
        if (secret.field(field).orElse(null) instanceof Tree.Fields fields) {
            for (Tree.Field key : fields.fields()) {
                if (!KeyNames.isKey(key.name()) || !(key.value() instanceof Tree.Text value)) {
                    throw new IllegalArgumentException(
                            field + " has something other than keys with text: the API server would not store it");
                }
                keys.put(key.name(), decoder.apply(value.value()));
            }
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "data has a key that is not in base64: use stringData for text", invalid);
        }
    }

    private static Optional<String> text(Optional<Tree> tree) {
        return tree.flatMap(value -> value instanceof Tree.Text text ? Optional.of(text.value()) : Optional.empty());
    }
}
