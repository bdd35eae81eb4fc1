package dev.auditpolicy.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The content, owner and mode of a file.
 *
 * @param mode permission bits, such as {@code 0600}
 */
public record FileImage(String text, int uid, int gid, int mode) {

    public FileImage {
        requireNonNull(text, "text is null");
    }

    /** A file that only root reads and writes. */
    public static FileImage rootOnly(String text) {
        return new FileImage(text, 0, 0, 0600);
    }

    /** A file for one user: root may replace it, and another user only read it. */
    public static FileImage ownedBy(int uid, int gid, String text) {
        return uid == 0 ? rootOnly(text) : new FileImage(text, uid, gid, 0400);
    }

    /** The same file with other content. */
    public FileImage withText(String changed) {
        return new FileImage(changed, uid, gid, mode);
    }

    public byte[] bytes() {
        return text.getBytes(UTF_8);
    }
}
