package dev.auditpolicy.host.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Proc;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.policy.Names;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the process of the test, which opens a log like kube-apiserver. */
class ProcAuditLogTest {

    private static final int PLENTY = 1 << 20;

    @TempDir
    Path directory;

    private final ProcAuditLog log = new ProcAuditLog();
    private Path file;
    private ApiServerProcess process;
    private FileChannel open;

    @BeforeEach
    void aProcessWithAnOpenLog() throws IOException {
        var proc = new Proc(Path.of("/proc"));
        var pid = ProcessHandle.current().pid();
        process = new ApiServerProcess(
                pid, proc.startTicks(pid), Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));
        file = directory.toRealPath().resolve("audit.log");
        open = FileChannel.open(file, CREATE, APPEND);
    }

    @AfterEach
    void close() throws IOException {
        open.close();
    }

    @Test
    void isInPlaceWhileTheFileOnDiskIsOpen() throws IOException {
        assertThat(state()).isEqualTo(new LogFile.InPlace());
    }

    @Test
    void isLostWhenTheFileIsDeleted() throws IOException {
        Files.delete(file);

        assertThat(state())
                .isEqualTo(new LogFile.Lost(
                        "the live kube-apiserver writes its audit log to a deleted file (" + file + ")"));
    }

    @Test
    void isLostWhenTheFileIsReplaced() throws IOException {
        Files.delete(file);
        Files.writeString(file, "");

        assertThat(state()).isInstanceOf(LogFile.Lost.class);
    }

    @Test
    void isLostWhenTheFileIsRenamed() throws IOException {
        Files.move(file, file.resolveSibling("kept.log"));

        assertThat(state()).isInstanceOfSatisfying(LogFile.Lost.class, lost -> assertThat(lost.reason())
                .contains("kept.log", "renamed"));
    }

    @Test
    void isLostWhenItsDirectoryIsDeleted() throws IOException {
        open.close();
        var below = Files.createDirectory(directory.toRealPath().resolve("below"));
        file = below.resolve("audit.log");
        open = FileChannel.open(file, CREATE, APPEND);
        Files.delete(file);
        Files.delete(below);

        assertThat(state()).isInstanceOf(LogFile.Lost.class);
    }

    @Test
    void isNotOpenBeforeTheFirstEvent() throws IOException {
        open.close();

        assertThat(state()).isEqualTo(new LogFile.NotOpen());
    }

    /** As lumberjack does: close, rename, open. */
    @Test
    void isInPlaceAfterARotation() throws IOException {
        rotate("2026-01-02T03-04-05.678");

        assertThat(state()).isEqualTo(new LogFile.InPlace());
    }

    /** lumberjack reads a rotated file and writes a compressed one, in the same directory. */
    @Test
    void ignoresFilesThatAreBeingCompressed() throws IOException {
        rotate("2026-01-02T03-04-05.678");
        var rotated = file.resolveSibling("audit-2026-01-02T03-04-05.678.log");

        try (var _ = FileChannel.open(rotated);
                var _ = FileChannel.open(file.resolveSibling(rotated.getFileName() + ".gz"), CREATE, APPEND)) {
            open.close();

            assertThat(state()).isEqualTo(new LogFile.NotOpen());
        }
    }

    @Test
    void isNotOpenIfAnotherProcessReusesThePID() throws IOException {
        var earlier = new ApiServerProcess(
                process.pid(),
                process.startTicks() - 1,
                Instant.EPOCH,
                "0".repeat(32),
                ProcessUser.ROOT,
                List.of("kube-apiserver"));
        Files.delete(file);

        assertThat(log.file(earlier, file.toString())).isEqualTo(new LogFile.NotOpen());
    }

    @Test
    void readsAppendedEvents() throws IOException {
        append(event(Level.METADATA, "before"));
        var from = log.end(process, file.toString());
        append(event(Level.REQUEST, "after"));

        assertThat(read(from, PLENTY).events())
                .containsExactly(new EventHead(Optional.of(Level.REQUEST), "after", Stage.RESPONSE_COMPLETE));
    }

    @Test
    void leavesAnIncompleteLineForTheNextRead() throws IOException {
        var from = log.end(process, file.toString());
        var line = event(Level.METADATA, "one");
        append(line + line.substring(0, 90));

        var first = read(from, PLENTY);
        append(line.substring(90));

        assertThat(first.events()).hasSize(1);
        assertThat(first.next().offset()).isEqualTo(line.length());
        assertThat(read(first.next(), PLENTY).events()).hasSize(1);
    }

    @Test
    void readsAcrossRotations() throws IOException {
        append(event(Level.METADATA, "read"));
        var from = log.end(process, file.toString());
        append(event(Level.METADATA, "old file"));
        rotate("2026-01-02T03-04-05.678");
        append(event(Level.METADATA, "middle file"));
        rotate("2026-01-02T03-04-06.789");
        append(event(Level.METADATA, "new file"));

        assertThat(read(from, PLENTY).events())
                .extracting(EventHead::auditID)
                .containsExactly("old file", "middle file", "new file");
    }

    @Test
    void continuesWithTheCurrentFileWhenTheRotatedOneWasDeleted() throws IOException {
        append(event(Level.METADATA, "read"));
        var from = log.end(process, file.toString());
        rotate("2026-01-02T03-04-05.678");
        Files.delete(file.resolveSibling("audit-2026-01-02T03-04-05.678.log"));
        append(event(Level.METADATA, "new file"));

        assertThat(read(from, PLENTY).events()).extracting(EventHead::auditID).containsExactly("new file");
    }

    @Test
    void startsAtTheBeginningOfATruncatedFile() throws IOException {
        append(event(Level.METADATA, "long gone") + event(Level.METADATA, "long gone"));
        var from = log.end(process, file.toString());
        open.truncate(0);
        append(event(Level.METADATA, "new"));

        assertThat(read(from, PLENTY).events()).extracting(EventHead::auditID).containsExactly("new");
    }

    /** copytruncate, and a kube-apiserver that opened its log to append. */
    @Test
    void noticesATruncationAfterWhichTheFileHasGrownAgain() throws IOException {
        append(event(Level.METADATA, "first"));
        var position = log.end(process, file.toString());
        var before = tail(position);
        open.truncate(0);
        append(event(Level.METADATA, "again") + event(Level.METADATA, "again"));

        assertThat(before.wasDestroyedBefore(tail(position))).isTrue();
    }

    /** truncate -s 0, and a kube-apiserver that created its log and goes on at its offset: the file gets a hole. */
    @Test
    void noticesATruncationThatLeavesAHole() throws IOException {
        append(event(Level.METADATA, "first"));
        var position = log.end(process, file.toString());
        var before = tail(position);
        try (var hole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            hole.truncate(0);
            hole.write(ByteBuffer.wrap("x".getBytes(UTF_8)), position.offset());
        }

        assertThat(before.wasDestroyedBefore(tail(position))).isTrue();
    }

    @Test
    void isNoTruncationThatTheLogGrowsAndIsRotated() throws IOException {
        append(event(Level.METADATA, "first"));
        var position = log.end(process, file.toString());
        var before = tail(position);
        append(event(Level.METADATA, "second"));
        assertThat(before.wasDestroyedBefore(tail(position))).isFalse();
        rotate("2026-01-02T03-04-05.678");
        append(event(Level.METADATA, "third"));

        assertThat(before.wasDestroyedBefore(tail(position))).isFalse();
    }

    @Test
    void knowsNothingOfAFileThatIsGone() throws IOException {
        append(event(Level.METADATA, "first"));
        var position = log.end(process, file.toString());
        rotate("2026-01-02T03-04-05.678");
        Files.delete(file.resolveSibling("audit-2026-01-02T03-04-05.678.log"));

        assertThat(log.tail(process, file.toString(), position)).isEmpty();
    }

    @Test
    void readsEverythingInChunksOfCompleteLines() throws IOException {
        for (var index = 0; index < 100; index++) {
            append(event(Level.METADATA, "id-" + index));
            if (index == 50) {
                rotate("2026-01-02T03-04-05.678");
            }
        }
        var ids = new ArrayList<String>();
        var from = new RotatedLog(file).readable().getFirst().end().at(0);
        for (var text = read(from, 1000); text.bytes() > 0; text = read(text.next(), 1000)) {
            assertThat(text.bytes()).isLessThanOrEqualTo(1000);
            text.events().forEach(event -> ids.add(event.auditID()));
        }

        assertThat(ids).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void skipsALineThatExceedsTheLimit() throws IOException {
        var from = log.end(process, file.toString());
        append(event(Level.REQUEST, "long").strip() + "x".repeat(5000) + "\n" + event(Level.METADATA, "short"));

        var ids = new ArrayList<String>();
        for (var text = read(from, 1000); text.bytes() > 0; text = read(text.next(), 1000)) {
            text.events().forEach(event -> ids.add(event.auditID()));
        }

        assertThat(ids).containsExactly("long", "short");
    }

    @Test
    void countsRotatedAndCompressedFiles() throws IOException {
        append("12345");
        Files.writeString(file.resolveSibling("audit-2026-01-02T03-04-05.678.log"), "123");
        Files.writeString(file.resolveSibling("audit-2026-01-01T03-04-05.678.log.gz"), "12");
        Files.writeString(file.resolveSibling("other.log"), "1234567");

        var usage = log.usage(process, file.toString());

        assertThat(usage.bytes()).isEqualTo(10);
        assertThat(usage.freeBytes()).isPositive().isLessThan(usage.capacityBytes());
    }

    private LogFile state() throws IOException {
        return log.file(process, file.toString());
    }

    private LogTail tail(LogPosition position) throws IOException {
        return log.tail(process, file.toString(), position).orElseThrow();
    }

    private LogText read(LogPosition from, int limit) throws IOException {
        return log.read(process, file.toString(), from, limit);
    }

    private void append(String text) throws IOException {
        open.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private void rotate(String time) throws IOException {
        open.close();
        Files.move(file, file.resolveSibling("audit-" + time + ".log"));
        open = FileChannel.open(file, Set.of(CREATE, APPEND));
    }

    private static String event(Level level, String id) {
        return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\""
                + Names.of(level) + "\",\"auditID\":\"" + id
                + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/\"}\n";
    }
}
