package dev.auditpolicy.host.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    @Test
    void isHeldUntilTheLastThreadOfThisProcessReleasesIt() throws IOException {
        var lock = new NodeLock(file.toString());
        var first = lock.acquire();
        try (var _ = lock.acquire()) {
            first.close();
            assertThat(isFree()).isFalse();
        }
        assertThat(isFree()).isTrue();
    }

    /** The lock of a file is that of a process: the same process gets an exception instead of an answer. */
    private boolean isFree() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException held) {
            return false;
        }
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
