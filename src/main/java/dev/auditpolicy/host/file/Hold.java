package dev.auditpolicy.host.file;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.util.Optional;

/** A file by which a human on the node stops every action there, with no API server needed. */
public final class Hold {

    /** Where it lies on every node. */
    public static final String PATH = "/var/lib/auditpolicy/hold";

    private final NodeFiles files;
    private final String path;

    public Hold(NodeFiles files, String path) {
        this.files = requireNonNull(files, "files is null");
        this.path = requireNonNull(path, "path is null");
    }

    /** Why the node is held, in the words of whoever does; may be empty text. Empty when it is not held. */
    public Optional<String> reason() throws IOException {
        return files.read(path).map(image -> image.text().strip());
    }

    /** Holds the node, or replaces the reason. */
    public void set(String reason) throws IOException {
        files.replace(path, files.read(path), FileImage.rootOnly(reason + "\n"));
    }

    /** Lets the node go. */
    public void release() throws IOException {
        var present = files.read(path);
        if (present.isPresent()) {
            files.delete(path, present.get());
        }
    }

    /** Does nothing, unless the node is held: that throws. */
    public void check() throws IOException {
        var reason = reason();
        if (reason.isPresent()) {
            throw new HeldException(path, reason.get());
        }
    }

    /** Nothing may be done on this node now. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        HeldException(String path, String reason) {
            super(message(path, reason));
        }
    }

    /** What to tell of a held node. */
    public static String message(String path, String reason) {
        return "held by " + path + (reason.isEmpty() ? "" : " (" + reason + ")") + ": remove that file to go on";
    }
}
