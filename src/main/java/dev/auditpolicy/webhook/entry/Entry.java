package dev.auditpolicy.webhook.entry;

import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An object in a kubeconfig. Its values can be credentials: no problem quotes them.
 *
 * @param path in the kubeconfig, empty for the whole
 */
public record Entry(String path, Tree tree, Problems problems) {

    /** The values that Go's decoder accepts in base64 without padding. */
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static Entry absent(String path, Problems problems) {
        return new Entry(path, new Tree.Fields(List.of(), Position.UNKNOWN), problems);
    }

    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    public boolean has(String field) {
        return tree.field(field).isPresent();
    }

    /** Whether a field has a value of a wrong type, which is a problem of its own. */
    public boolean hasOtherThanText(String field) {
        return tree.field(field).filter(value -> !(value instanceof Tree.Text)).isPresent();
    }

    /** A string; empty if it is absent or {@code ""}, which are the same to kube-apiserver. */
    public Optional<String> text(String field) {
        return tree.field(field).flatMap(value -> {
            if (value instanceof Tree.Text text) {
                return Optional.of(text.value()).filter(string -> !string.isEmpty());
            }
            wrongType(field, "string", "put the value in quotes");
            return Optional.empty();
        });
    }

    public boolean flag(String field) {
        return tree.field(field)
                .map(value -> {
                    if (value instanceof Tree.Bool bool) {
                        return bool.value();
                    }
                    wrongType(field, "bool", "write true or false, without quotes");
                    return false;
                })
                .orElse(false);
    }

    public Optional<Entry> object(String field) {
        return tree.field(field).flatMap(value -> {
            if (value instanceof Tree.Fields) {
                return Optional.of(new Entry(path(field), value, problems));
            }
            wrongType(field, "object", "write its fields on lines of their own, indented");
            return Optional.empty();
        });
    }

    public List<Entry> list(String field) {
        return tree.field(field)
                .map(value -> {
                    if (value instanceof Tree.Items items) {
                        return IntStream.range(0, items.items().size())
                                .mapToObj(index -> new Entry(
                                        path(field) + "[" + index + "]",
                                        items.items().get(index),
                                        problems))
                                .toList();
                    }
                    wrongType(field, "list", "begin each item with \"- \"");
                    return List.<Entry>of();
                })
                .orElse(List.of());
    }

    /** Bytes that are written in base64. */
    public Optional<byte[]> data(String field) {
        return text(field).flatMap(encoded -> {
            String digits = encoded.replace("\r", "").replace("\n", "");
            try {
                if (digits.length() % 4 != 0) {
                    throw new IllegalArgumentException("padding is missing");
                }
                return Optional.of(Base64.getDecoder().decode(digits));
            } catch (IllegalArgumentException invalid) {
                long valid = digits.chars()
                        .takeWhile(digit -> BASE64.indexOf(digit) >= 0)
                        .count();
                problems.refuse(
                        path(field),
                        "",
                        "kube-apiserver does not start: \"illegal base64 data at input byte " + valid + "\"",
                        "write the file in base64: base64 -w0 FILE");
                return Optional.empty();
            }
        });
    }

    private void wrongType(String field, String type, String fix) {
        problems.refuse(path(field), "", "kube-apiserver does not start: the value cannot be read as a " + type, fix);
    }
}
