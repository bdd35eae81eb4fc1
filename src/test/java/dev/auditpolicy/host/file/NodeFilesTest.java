package dev.auditpolicy.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {

    @TempDir
    Path directory;

    private final NodeFiles files = new NodeFiles(new LinuxDisk());
    private Path file;
    private int uid;
    private int gid;

    @BeforeEach
    void ownedByTheCurrentUser() throws IOException {
        file = directory.resolve("kube-apiserver.yaml");
        uid = (int) Files.getAttribute(directory, "unix:uid");
        gid = (int) Files.getAttribute(directory, "unix:gid");
    }

    @Test
    void createsAFile() throws IOException {
        files.replace(file.toString(), Optional.empty(), image("new", 0600));

        assertThat(files.read(file.toString())).contains(image("new", 0600));
    }

    /** {@code cp -p} sets the time of the content back. */
    @Test
    void seesAnEditWhoseTimeWasSetBack() throws IOException {
        Files.writeString(file, "edited");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThat(files.changedAt(file.toString())).contains(Instant.EPOCH);
        assertThat(files.touchedAt(file.toString()).orElseThrow()).isAfter(Instant.EPOCH);
    }

    @Test
    void setsTheModeOfTheImage() throws IOException {
        files.replace(file.toString(), Optional.empty(), image("new", 0640));

        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100640);
    }

    @Test
    void replacesByRenameSoThatAnOpenFileKeepsTheOldContent() throws IOException {
        Files.writeString(file, "old");
        try (var reader = Files.newBufferedReader(file)) {
            files.replace(file.toString(), files.read(file.toString()), image("new", 0600));

            assertThat(reader.readLine()).isEqualTo("old");
        }
    }

    @Test
    void doesNotOverwriteAConcurrentChange() throws IOException {
        Files.writeString(file, "old");
        var before = files.read(file.toString());
        Files.writeString(file, "theirs");

        assertThatThrownBy(() -> files.replace(file.toString(), before, image("ours", 0600)))
                .isInstanceOf(NodeFiles.ConcurrentChangeException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("theirs");
    }

    @Test
    void leavesNoTemporaryFile() throws IOException {
        Files.writeString(file, "old");
        assertThatThrownBy(() -> files.replace(file.toString(), Optional.empty(), image("new", 0600)))
                .isInstanceOf(IOException.class);
        files.replace(file.toString(), files.read(file.toString()), image("new", 0600));

        assertThat(directory).isDirectoryContaining(file::equals);
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void overwritesTheTemporaryFileOfAnInterruptedReplace() throws IOException {
        Files.writeString(directory.resolve(".kube-apiserver.yaml.auditpolicy"), "torn");

        files.replace(file.toString(), Optional.empty(), image("new", 0600));

        assertThat(directory.toFile().list()).containsExactly("kube-apiserver.yaml");
    }

    @Test
    void rejectsALink() throws IOException {
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> files.read(file.toString())).hasMessageContaining("not a regular file");
    }

    @Test
    void rejectsTextThatIsNotUtf8() throws IOException {
        Files.write(file, new byte[] {'#', (byte) 0xe9, '\n'});

        assertThatThrownBy(() -> files.read(file.toString()))
                .hasMessage(file + " is not UTF-8 text: convert or replace it");
    }

    private FileImage image(String text, int mode) {
        return new FileImage(text, uid, gid, mode);
    }
}
