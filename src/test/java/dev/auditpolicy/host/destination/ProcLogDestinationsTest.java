package dev.auditpolicy.host.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcLogDestinationsTest {

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final String EVENT = "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
            + "\"auditID\":\"8cb46926\",\"stage\":\"RequestReceived\"}\n";
    private static final long GIGABYTE = 1024 * 1024 * 1024;

    @TempDir
    Path proc;

    private ProcessUser user = ProcessUser.ROOT;

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
    void rejectsAMissingDirectoryThatKubeletWouldCreateForRoot() throws IOException {
        user = new ProcessUser(2000, 2001, Set.of());

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .contains(
                        "/var/log/kubernetes/audit does not exist",
                        "user 2000, group 2001",
                        "mkdir -p /var/log/kubernetes/audit && chown 2000:2001 /var/log/kubernetes/audit"));
    }

    @Test
    void rejectsADirectoryThatTheUserOfKubeApiServerCannotWrite() throws IOException {
        user = new ProcessUser(2000, 2000, Set.of());
        var directory = Files.createDirectories(onNode("/var/log/kubernetes/audit"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .contains("may not create files in /var/log/kubernetes/audit", "chown 2000:2000"));

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(destination().obstacle()).isEmpty();
    }

    @Test
    void rejectsALogThatTheUserOfKubeApiServerCannotWrite() throws IOException {
        user = new ProcessUser(2000, 2000, Set.of());
        existing(EVENT);
        Files.setPosixFilePermissions(onNode(LOG).getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(onNode(LOG), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .contains("may not write " + LOG, "chown 2000:2000 " + LOG));
    }

    @Test
    void acceptsAnExistingLog() throws IOException {
        existing(EVENT);

        var destination = destination();

        assertThat(destination.obstacle()).isEmpty();
        assertThat(destination.usage().bytes()).isEqualTo(EVENT.length());
        assertThat(destination.usage().freeBytes())
                .isPositive()
                .isLessThan(destination.usage().capacityBytes());
    }

    @ParameterizedTest
    @MethodSource("logs")
    void acceptsALogOfKubeApiServer(String text) throws IOException {
        existing(text);

        assertThat(destination().obstacle()).isEmpty();
    }

    static Stream<Named<String>> logs() {
        return Stream.of(
                Named.of("empty", ""),
                Named.of("truncated while it was written", "\0".repeat(1000) + "\n" + EVENT),
                Named.of("a large event first", "\0".repeat(5 * 1024 * 1024) + "\n" + EVENT),
                Named.of("legacy", "2026-01-02T03:04:05Z AUDIT: id=\"8cb4\" stage=\"ResponseComplete\"\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2 success=no\n",
                "no end of line",
                "\n"
            })
    void rejectsAFileWithoutAuditEvents(String text) throws IOException {
        existing(text);

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .startsWith(LOG + " has " + text.length() + " bytes and contains no audit event")
                .contains("choose another log.path"));
    }

    @Test
    void rejectsAFileThatAnotherProgramWrites() throws IOException {
        existing(EVENT);
        opens(200, "/usr/sbin/auditd", "0100001");

        assertThat(destination().obstacle()).hasValueSatisfying(obstacle -> assertThat(obstacle)
                .startsWith(LOG + " is the file of another program: /usr/sbin/auditd (PID 200)"));
    }

    @Test
    void acceptsALogThatKubeApiServerWritesAndOthersRead() throws IOException {
        existing(EVENT);
        opens(200, "kube-apiserver", "0100001");
        opens(201, "/usr/bin/vector", "0100000");

        assertThat(destination().obstacle()).isEmpty();
    }

    @Test
    void acceptsALogWhoseNameAnotherProgramUsesElsewhere() throws IOException {
        existing(EVENT);
        var elsewhere = Files.createDirectories(onNode("/var/log/audit")).resolve("audit.log");
        Files.writeString(elsewhere, "type=SYSCALL\n");
        opens(200, "/usr/sbin/auditd", "0100001", elsewhere);

        assertThat(destination().obstacle()).isEmpty();
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
        return new ProcLogDestinations(proc).inspect(LOG, user);
    }

    private void existing(String text) throws IOException {
        Files.createDirectories(onNode(LOG).getParent());
        Files.writeString(onNode(LOG), text);
    }

    private void opens(int pid, String program, String flags) throws IOException {
        opens(pid, program, flags, onNode(LOG));
    }

    private void opens(int pid, String program, String flags, Path file) throws IOException {
        var entry = proc.resolve(Integer.toString(pid));
        Files.createDirectories(entry.resolve("fdinfo"));
        Files.writeString(entry.resolve("cmdline"), program + "\0-n\0");
        Files.writeString(entry.resolve("fdinfo/5"), "pos:\t0\nflags:\t" + flags + "\nmnt_id:\t27\n");
        Files.createSymbolicLink(Files.createDirectories(entry.resolve("fd")).resolve("5"), file);
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
