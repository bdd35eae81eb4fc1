package dev.auditpolicy.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcLogDestinationsTest {

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final long GIGABYTE = 1024 * 1024 * 1024;

    @TempDir
    Path proc;

    @BeforeEach
    void aNode() throws IOException {
        Files.createDirectories(onNode("/var/log"));
        mounts("rw");
    }

    @Test
    void acceptsAMissingDirectory() throws IOException {
        assertThat(destination().obstacle()).isEmpty();
        assertThat(onNode("/var/log")).isEmptyDirectory();
    }

    @Test
    void acceptsAnExistingLog() throws IOException {
        Files.createDirectories(onNode("/var/log/kubernetes/audit"));
        Files.writeString(onNode(LOG), "12345");

        var destination = destination();

        assertThat(destination.obstacle()).isEmpty();
        assertThat(destination.usage().bytes()).isEqualTo(5);
        assertThat(destination.usage().freeBytes())
                .isPositive()
                .isLessThan(destination.usage().capacityBytes());
    }

    @Test
    void rejectsADirectoryAtThePathOfTheLog() throws IOException {
        Files.createDirectories(onNode(LOG));

        assertThat(destination().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle).startsWith(LOG + " is a directory, not a file"));
    }

    @Test
    void rejectsAFileAtThePathOfADirectory() throws IOException {
        Files.writeString(onNode("/var/log/kubernetes"), "");

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .startsWith("/var/log/kubernetes is a file, not a directory"));
    }

    @Test
    void rejectsLinks() throws IOException {
        Files.createDirectories(onNode("/var/log/kubernetes"));
        Files.createDirectories(onNode("/srv"));
        Files.createSymbolicLink(onNode("/var/log/kubernetes/audit"), onNode("/srv"));

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .startsWith("/var/log/kubernetes/audit is a symbolic link"));
    }

    @Test
    void rejectsAReadOnlyFileSystem() throws IOException {
        mounts("ro");

        assertThat(destination().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("/var/log", "read-only"));
    }

    @Test
    void cannotInspectIfVarLogIsALink() throws IOException {
        Files.delete(onNode("/var/log"));
        Files.createSymbolicLink(onNode("/var/log"), Path.of("/srv/log"));

        assertThatThrownBy(this::destination).isInstanceOf(IOException.class).hasMessageContaining("/var/log");
    }

    @Test
    void reportsTheGrowthOfEtcdOnTheSameFileSystem() throws IOException {
        etcd("--data-dir=/var/lib/etcd");
        assertThat(destination().etcdNeeds()).contains(2 * GIGABYTE - 3);

        etcd("--data-dir", "/var/lib/etcd", "--quota-backend-bytes=" + 8 * GIGABYTE);
        assertThat(destination().etcdNeeds()).contains(8 * GIGABYTE - 3);
    }

    @Test
    void ignoresEtcdOnAnotherFileSystem() throws IOException {
        assertThat(destination().etcdNeeds()).isEmpty();
        etcd("--data-dir=/dev");
        Files.createDirectories(proc.resolve("100/root"));
        Files.createSymbolicLink(proc.resolve("100/root/dev"), Path.of("/proc"));

        assertThat(destination().etcdNeeds()).isEmpty();
    }

    private LogDestination destination() throws IOException {
        return new ProcLogDestinations(proc).inspect(LOG);
    }

    private Path onNode(String path) {
        return proc.resolve("1/root" + path);
    }

    private void mounts(String options) throws IOException {
        Files.createDirectories(proc.resolve("1"));
        Files.writeString(
                proc.resolve("1/mountinfo"),
                "1 0 254:0 / / rw - ext4 /dev/vda rw\n2 1 254:1 / /var/log " + options + " - ext4 /dev/vdb rw\n");
    }

    private void etcd(String... flags) throws IOException {
        var data = Files.createDirectories(proc.resolve("100/root/var/lib/etcd/member/snap"));
        Files.writeString(data.resolve("db"), "123");
        Files.writeString(proc.resolve("100/cmdline"), "etcd\0" + String.join("\0", flags) + "\0");
    }
}
