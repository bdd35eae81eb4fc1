package dev.auditpolicy.host.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyFileChangesTest {

    @TempDir
    Path directory;

    private final AtomicInteger notifications = new AtomicInteger();
    private Path file;
    private FileChanges.Watch watch;

    @BeforeEach
    void watchAFile() throws IOException {
        file = Files.writeString(directory.resolve("audit-policy.yaml"), "old");
        watch = new InotifyFileChanges().watch(Set.of(file.toString()), notifications::incrementAndGet);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void reportsAWrite() throws IOException {
        Files.writeString(file, "new");

        awaitNotification();
    }

    @Test
    void reportsAReplacement() throws IOException {
        var other = Files.writeString(directory.resolve(".other"), "new");
        Files.move(other, file, ATOMIC_MOVE);

        awaitNotification();
    }

    @Test
    void reportsDeletionAndCreation() throws IOException {
        Files.delete(file);
        awaitNotification();
        notifications.set(0);

        Files.writeString(file, "new");
        awaitNotification();
    }

    @Test
    void ignoresOtherFiles() throws IOException {
        Files.writeString(directory.resolve("other"), "new");
        var inOrder = new AtomicInteger();
        try (var _ = new InotifyFileChanges()
                .watch(Set.of(directory.resolve("last").toString()), inOrder::incrementAndGet)) {
            Files.writeString(directory.resolve("last"), "new");
            await().until(() -> inOrder.get() > 0);
        }

        assertThat(notifications.get()).isZero();
    }

    private void awaitNotification() {
        await().until(() -> notifications.get() > 0);
    }
}
