package dev.auditpolicy.host.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLockTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void inTheDirectory() {
        file = directory.resolve("lock");
    }

    @Test
    void isAFileThatOnlyItsOwnerCanOpen() throws IOException {
        acquireAndRelease();

        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void takesTheAccessThatAnEarlierReleaseGave() throws IOException {
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        acquireAndRelease();

        assertThat(mode()).isEqualTo("rw-------");
    }

    private void acquireAndRelease() throws IOException {
        try (var held = new NodeLock(file.toString()).acquire()) {
            assertThat(held).isNotNull();
        }
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
