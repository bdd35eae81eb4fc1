package dev.auditpolicy.cli.enroll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner may read, from its first byte on. */
record SecretFile(Path path) {

    /** Creates it empty, before anything in the cluster is changed: a key that cannot be kept is lost. */
    void create() {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException existing) {
            throw new EnrollmentException(path + " exists: remove it, or choose another file with --output", existing);
        } catch (IOException | UnsupportedOperationException failure) {
            throw new EnrollmentException("cannot write " + path + ": " + failure);
        }
    }

    void write(String text) {
        try {
            Files.write(path, text.getBytes(UTF_8));
        } catch (IOException failure) {
            throw new EnrollmentException("cannot write " + path + ": " + failure);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new EnrollmentException("cannot remove " + path + ": " + failure);
        }
    }
}
