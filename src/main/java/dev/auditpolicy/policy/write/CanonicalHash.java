package dev.auditpolicy.policy.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * SHA-256 over named values. Every string goes in as its length and its UTF-8 bytes, and every list with its number of
 * elements, so that no two different sequences of calls give the same bytes. Absent values and empty lists leave no
 * trace, so a field that is new in a later release does not change the hash of what does not use it.
 */
final class CanonicalHash {

    private final MessageDigest digest = sha256();

    /** Adds a value, unless it is null. */
    void value(String name, Object value) {
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
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
