package dev.auditpolicy.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {

    @TempDir
    private Path root;

    @BeforeEach
    void makeUnit() throws IOException {
        Files.createDirectories(root.resolve("usr/lib/systemd/system"));
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.writeString(root.resolve("usr/lib/systemd/system/a.service"), "[Unit]");
    }

    @Test
    void readsAFileOfTheHost() throws IOException {
        assertThat(text("/usr/lib/systemd/system/a.service")).isEqualTo("[Unit]");
    }

    @Test
    void followsADirectoryThatIsALink() throws IOException {
        link("lib", "usr/lib");

        assertThat(text("/lib/systemd/system/a.service")).isEqualTo("[Unit]");
    }

    @Test
    void followsAnAbsoluteLinkOnTheHost() throws IOException {
        link("etc/systemd/system/b.service", "/usr/lib/systemd/system/a.service");

        assertThat(text("/etc/systemd/system/b.service")).isEqualTo("[Unit]");
    }

    @Test
    void followsALinkThroughParents() throws IOException {
        link("etc/systemd/system/b.service", "../../../../usr/lib/systemd/system/a.service");

        assertThat(text("/etc/systemd/system/b.service")).isEqualTo("[Unit]");
    }

    @Test
    void endsWhereLinksLeadToEachOther() throws IOException {
        link("etc/b", "/etc/c");
        link("etc/c", "/etc/b");

        assertThatThrownBy(() -> text("/etc/b")).isInstanceOf(FileSystemLoopException.class);
    }

    @Test
    void saysThatAFileIsGone() {
        assertThatThrownBy(() -> text("/etc/none")).isInstanceOf(NoSuchFileException.class);
    }

    private String text(String path) throws IOException {
        return new HostFiles(root).text(path);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }
}
