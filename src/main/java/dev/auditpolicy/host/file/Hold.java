package dev.auditpolicy.host.file;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file with which an administrator stops all actions on the node, without an API server. */
public final class Hold {

    /** The path on every node. */
    public static final String PATH = "/var/lib/auditpolicy/hold";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final NodeFiles files;
    private final String path;

    public Hold(NodeFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** The file may be any, such as a log that somebody redirected into it. The reason is part of several messages. */
    private static final int MAX_REASON_LENGTH = 256;

    /** The reason that the administrator gave, in one line, possibly empty. Empty if the node is not on hold. */
    public Optional<String> reason() throws IOException {
        return files.read(path).map(image -> bounded(image.text().strip()));
    }

    private static String bounded(String reason) {
        var line = CONTROL.matcher(
                        reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…")
                .replaceAll(" ");
        return line.strip();
    }

    /** Puts the node on hold, or replaces the reason. */
    public void set(String reason) throws IOException {
        files.replace(path, files.read(path), FileImage.rootOnly(reason + "\n"));
    }

    /** Releases the hold. */
    public void release() throws IOException {
        var current = files.read(path);
        if (current.isPresent()) {
            files.delete(path, current.get());
        }
    }

    /** Throws {@link HeldException} if the node is on hold. */
    public void check() throws IOException {
        var reason = reason();
        if (reason.isPresent()) {
            throw new HeldException(path, reason.get());
        }
    }

    /** The node is on hold. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        HeldException(String path, String reason) {
            super(message(path, reason));
        }
    }

    /** The message about a node on hold. */
    public static String message(String path, String reason) {
        return "node is on hold" + (reason.isEmpty() ? "" : " (" + reason + ")") + ": to resume, remove " + path;
    }
}
