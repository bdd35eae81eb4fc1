package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.sink.SecretHashes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Computes the hashes of a Secret, each the first 8 of SHA-256's 32 bytes, as that of a revision is. */
final class SecretHashing {

    private static final int BYTES = 8;

    private SecretHashing() {}

    static SecretHashes of(Entry cluster, Entry user, byte[] authorities, Map<String, byte[]> keys) {
        return new SecretHashes(
                hash(digest -> pair(digest, cluster, user)),
                hash(digest -> {
                    pair(digest, cluster, user);
                    bytes(digest, authorities);
                }),
                hash(digest -> new TreeMap<>(keys).forEach((key, content) -> {
                    bytes(digest, key.getBytes(UTF_8));
                    bytes(digest, content);
                })));
    }

    private static void pair(MessageDigest digest, Entry cluster, Entry user) {
        tree(digest, cluster.tree());
        tree(digest, user.tree());
    }

    /** Every value has its type and its length in front, so that different trees never are the same bytes. */
    private static void tree(MessageDigest digest, Tree tree) {
        switch (tree) {
            case Tree.Text text -> scalar(digest, 't', text.value());
            case Tree.Numeral number -> scalar(digest, 'n', number.literal());
            case Tree.Bool bool -> scalar(digest, 'b', String.valueOf(bool.value()));
            case Tree.Null _ -> digest.update((byte) '0');
            case Tree.Items items -> {
                size(digest, 'l', items.items().size());
                items.items().forEach(item -> tree(digest, item));
            }
            case Tree.Fields fields -> {
                var sorted = sorted(fields);
                size(digest, 'o', sorted.size());
                sorted.forEach(field -> {
                    bytes(digest, field.name().getBytes(UTF_8));
                    tree(digest, field.value());
                });
            }
        }
    }

    /** By name, of equal ones the last, and none that is null. */
    private static List<Tree.Field> sorted(Tree.Fields fields) {
        var byName = new TreeMap<String, Tree.Field>(Comparator.naturalOrder());
        fields.fields().forEach(field -> byName.put(field.name(), field));
        return byName.values().stream()
                .filter(field -> !(field.value() instanceof Tree.Null))
                .toList();
    }

    private static void scalar(MessageDigest digest, char type, String value) {
        digest.update((byte) type);
        bytes(digest, value.getBytes(UTF_8));
    }

    private static void bytes(MessageDigest digest, byte[] bytes) {
        size(digest, '#', bytes.length);
        digest.update(bytes);
    }

    private static void size(MessageDigest digest, char type, int size) {
        digest.update((byte) type);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).flip());
    }

    private static String hash(Consumer<MessageDigest> content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            content.accept(digest);
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
