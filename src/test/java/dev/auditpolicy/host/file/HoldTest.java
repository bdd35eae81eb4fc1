package dev.auditpolicy.host.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {

    @TempDir
    Path directory;

    @Test
    void isSetByAnEmptyFile() throws IOException {
        Files.createFile(directory.resolve("hold"));

        assertThat(hold().reason()).contains("");
    }

    @Test
    void reportsTheReasonAndHowToResume() throws IOException {
        Files.writeString(directory.resolve("hold"), "ticket 4711\n");

        assertThatThrownBy(() -> hold().check())
                .isInstanceOf(Hold.HeldException.class)
                .hasMessageContaining("ticket 4711")
                .hasMessageContaining("to resume, remove " + directory.resolve("hold"));
    }

    /** The reason is part of the status, of log lines and of Events. */
    @Test
    void shortensTheReasonToOneLine() throws IOException {
        Files.writeString(directory.resolve("hold"), "one\ntwo\u0000\n" + "x".repeat(10_000));

        assertThat(hold().reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("one two xxx").hasSizeLessThan(300));
    }

    @Test
    void isReleasedByDeletingTheFile() throws IOException {
        Files.writeString(directory.resolve("hold"), "");
        hold().release();

        hold().check();
        assertThat(directory).isEmptyDirectory();
    }

    private Hold hold() {
        return new Hold(
                new NodeFiles(new LinuxDisk()), directory.resolve("hold").toString());
    }
}
