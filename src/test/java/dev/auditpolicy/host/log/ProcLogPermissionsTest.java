package dev.auditpolicy.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcLogPermissionsTest {

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";

    @TempDir
    Path proc;

    private Path file;
    private int group;

    @BeforeEach
    void aLog() throws IOException {
        file = proc.resolve("7/root" + LOG);
        Files.createDirectories(file.getParent());
        Files.setAttribute(file.getParent(), "unix:mode", 0755);
        Files.writeString(file, "");
        Files.setAttribute(file, "unix:mode", 0600);
        group = (int) Files.getAttribute(file, "unix:gid");
    }

    @Test
    void changesTheModeOnce() throws IOException {
        assertThat(apply(ProcessUser.ROOT, null)).isTrue();
        assertThat(mode()).isEqualTo(0640);
        assertThat(apply(ProcessUser.ROOT, null)).isFalse();
    }

    /** Its target may be any file of the node. */
    @Test
    void followsNoLink() throws IOException {
        var target = Files.move(file, file.resolveSibling("target"));
        Files.createSymbolicLink(file, target);

        assertThatThrownBy(() -> apply(ProcessUser.ROOT, group)).hasMessageContaining(LOG + " is a link");
        assertThat(mode(target)).isEqualTo(0600);
    }

    @Test
    void leavesAFileAloneThatHasAnotherName() throws IOException {
        Files.createLink(file.resolveSibling("other"), file);

        assertThatThrownBy(() -> apply(ProcessUser.ROOT, group)).hasMessageContaining("several names");
        assertThat(mode()).isEqualTo(0600);
    }

    /** lumberjack would fail to give the next file to the group. */
    @Test
    void refusesAGroupThatKubeApiServerCannotKeep() {
        var user = new ProcessUser(2000, 2000, Set.of(2001));

        assertThatThrownBy(() -> apply(user, group + 12345))
                .hasMessageContaining("no member of group " + (group + 12345))
                .hasMessageContaining("supplementalGroups");
    }

    @Test
    void refusesAGroupThatCannotTraverseTheDirectory() throws IOException {
        Files.setAttribute(file.getParent(), "unix:mode", 0700);

        assertThatThrownBy(() -> apply(ProcessUser.ROOT, group))
                .hasMessageContaining("may not traverse /var/log/kubernetes/audit")
                .hasMessageContaining("chmod o+x");
        assertThat(mode()).isEqualTo(0600);
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws IOException {
        Files.delete(file);

        assertThat(apply(ProcessUser.ROOT, group)).isFalse();
    }

    private boolean apply(ProcessUser user, Integer wanted) throws IOException {
        var process = new ApiServerProcess(7, 7, Instant.EPOCH, "0".repeat(32), user, List.of());
        return new ProcLogPermissions(proc).apply(process, LOG, wanted, 0640);
    }

    private int mode() throws IOException {
        return mode(file);
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 07777;
    }
}
