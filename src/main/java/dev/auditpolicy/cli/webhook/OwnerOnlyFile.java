package dev.auditpolicy.cli.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** A file with credentials, which nobody but its owner can read from its first byte on. */
public record OwnerOnlyFile(Path path) {

    /**
     * Writes it, unless it exists with this content. Overwrites nothing else.
     *
     * @throws IOException if it cannot be written, or exists with other content or for others to read
     */
    public void write(String text) throws IOException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException existing) {
            checkSame(text, existing);
            return;
        }
        Files.writeString(path, text);
    }

    private void checkSame(String text, FileAlreadyExistsException existing) throws IOException {
        if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), text.getBytes(UTF_8))) {
            throw failure("exists with other content: remove it, or choose another file", existing);
        }
        var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        if (!permissions.endsWith("------")) {
            throw failure("exists, and others than its owner can read it: chmod 600 " + path, existing);
        }
    }

    private FileSystemException failure(String reason, FileAlreadyExistsException existing) {
        var failure = new FileSystemException(path.toString(), null, reason);
        failure.initCause(existing);
        return failure;
    }
}
