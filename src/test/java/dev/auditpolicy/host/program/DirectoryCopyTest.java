package dev.auditpolicy.host.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCopyTest {

    @TempDir
    private Path directory;

    private Path program;
    private Path library;
    private DirectoryCopy copy;

    @BeforeEach
    void aProgram() throws IOException {
        program = Files.writeString(directory.resolve("program"), "run");
        library = Files.writeString(directory.resolve("library"), "code");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        copy = new DirectoryCopy(Map.of("bin/program", program, "lib/library", library));
    }

    @Test
    void isAbsentBeforeItIsCreated() throws IOException {
        assertThat(copy.isAt(target())).isFalse();
    }

    @Test
    void isCompleteOnceItIsCreated() throws IOException {
        copy.createAt(target());

        assertThat(copy.isAt(target())).isTrue();
    }

    /** Only root may read or replace what root will run. */
    @Test
    void isOnlyForItsOwner() throws IOException {
        copy.createAt(target());

        assertThat(mode("bin/program")).isEqualTo("rwx------");
        assertThat(mode("lib/library")).isEqualTo("rw-------");
        assertThat(mode("lib")).isEqualTo("rwx------");
    }

    @Test
    void isNotAtADirectoryInWhichAFileChanged() throws IOException {
        copy.createAt(target());
        Files.writeString(target().resolve("lib/library"), "evil");

        assertThat(copy.isAt(target())).isFalse();
    }

    @Test
    void replacesADamagedCopy() throws IOException {
        Files.createDirectories(target().resolve("lib"));
        Files.writeString(target().resolve("lib/library"), "evil");

        copy.createAt(target());

        assertThat(copy.isAt(target())).isTrue();
    }

    /** As on a full disk: a half copy must not use it up. */
    @Test
    void leavesNothingWhenItFails() throws IOException {
        Files.delete(library);

        assertThatThrownBy(() -> copy.createAt(target())).isInstanceOf(IOException.class);

        assertThat(target().getParent()).isEmptyDirectory();
    }

    @Test
    void doesNotFillTheDisk() throws IOException {
        try (var sparse = FileChannel.open(library, StandardOpenOption.WRITE)) {
            sparse.write(
                    ByteBuffer.wrap(new byte[1]), Files.getFileStore(library).getUsableSpace());
        }

        assertThatThrownBy(() -> copy.createAt(target()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MB are free");

        assertThat(target().getParent()).isEmptyDirectory();
    }

    private Path target() {
        return directory.resolve("guard/1");
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target().resolve(file)));
    }
}
