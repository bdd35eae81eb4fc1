package dev.auditpolicy.host.file;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Optional;

/** A file with which an administrator stops all actions on the node, without an API server. */
public final class Hold {

    /** The path on every node. */
    public static final String PATH = "/var/lib/auditpolicy/hold";

    private final NodeFiles files;
    private final String path;

    public Hold(NodeFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** The reason that the administrator gave, possibly an empty string. Empty if the node is not on hold. */
    public Optional<String> reason() throws IOException {
        return files.read(path).map(image -> image.text().strip());
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
