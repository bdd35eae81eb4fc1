package dev.auditpolicy.policy.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over named values. It prefixes strings with their length and lists with their size, so that different sequences
 * of calls never produce the same bytes. It skips absent values and empty lists, so a field that a later release adds
 * does not change the hash of objects without it.
 */
final class CanonicalHash {

    private final MessageDigest digest = sha256();

    /** Adds a value, unless it is null. */
    void value(String name, @Nullable Object value) {
        if (value != null) {
            list(name, List.of(value.toString()));
        }
    }

    /** Adds a list, unless it is empty. */
    void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            text(name);
            number(values.size());
            values.forEach(this::text);
        }
    }

    byte[] digest() {
        return digest.digest();
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
