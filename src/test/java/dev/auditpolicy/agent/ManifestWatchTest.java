package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.agent.node.ConcurrentChangeDetector;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.InotifyFileChanges;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real files, inotify and threads, on a node that was verified a moment ago. */
class ManifestWatchTest {

    private static final NodePaths PATHS = NodePaths.kubeadm();
    private static final AuditNodeSpec PROVEN = new AuditNodeSpec(
            "a",
            1L,
            "ours",
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null),
            3,
            60);
    private static final Path KUBEADMS =
            Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-29T20:00:00Z"));

    /** It takes 0.1 s on an idle machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path root;

    private RootedDisk disk;
    private NodeLock lock;
    private ManifestWatch watch;
    private FileChanges.Watch thread;

    @BeforeEach
    void start() throws IOException {
        disk = new RootedDisk(root);
        for (var directory : List.of("etc/kubernetes/manifests", "etc/kubernetes/tmp", "var/lib/auditpolicy")) {
            Files.createDirectories(root.resolve(directory));
        }
        disk.create(PATHS.policy(), FileImage.rootOnly(PROVEN.policy()));
        var files = new NodeFiles(disk);
        var journals = new JournalFile(files, JournalFile.PATH);
        journals.write(new Journal(1, List.of(), PROVEN, null, null, null));
        lock = new NodeLock(root.resolve("lock").toString());
        var reapplier = new Reapplier(node(files), journals);
        reapplier.reported(Phase.EFFECTIVE);
        watch = new ManifestWatch(reapplier, lock);
        thread = watch.start();
    }

    @AfterEach
    void stop() {
        thread.close();
    }

    /** An iteration of the loop may wait for an API server that does not answer. */
    @Test
    void putsOurPartsBackWhileTheLoopHoldsTheLock() throws IOException {
        try (var _ = lock.acquire();
                var _ = new InotifyFileChanges()
                        .watch(Set.of(disk.path(PATHS.configuration()).toString()), watch::wake)) {
            var written = disk.path("/etc/kubernetes/tmp/kube-apiserver.yaml");
            Files.copy(KUBEADMS, written);
            Files.move(written, disk.path(PATHS.configuration()), StandardCopyOption.ATOMIC_MOVE);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(manifest()).contains("auditpolicy.dev/reapplied"));
        }
    }

    /** {@code kubeadm init phase} opens the file, truncates it and writes it. */
    @Test
    void putsOurPartsBackAfterAWriteInPlace() throws IOException {
        disk.create(PATHS.configuration(), FileImage.rootOnly("kind: Pod\n"));
        try (var _ = new InotifyFileChanges()
                .watch(Set.of(disk.path(PATHS.configuration()).toString()), watch::wake)) {
            Files.write(disk.path(PATHS.configuration()), Files.readAllBytes(KUBEADMS));

            await().atMost(LIMIT).untilAsserted(() -> assertThat(manifest()).contains("auditpolicy.dev/reapplied"));
        }
    }

    private String manifest() throws IOException {
        return disk.read(PATHS.configuration()).map(FileImage::text).orElse("");
    }

    private static NodeContext node(NodeFiles files) {
        var server = new RunningApiServer(AuditFlags.of(PROVEN.log()).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList());
        var changes = new ConcurrentChangeDetector(server, files, PATHS, CLOCK, () -> BootTime.UNKNOWN);
        return new NodeContext(
                files,
                server,
                server,
                server,
                new NodeObserver(files, server, server, server, changes, new StaticPodHost(), PATHS, "192.0.2.1"),
                new StaticPodHost(),
                PATHS,
                new Hold(files, Hold.PATH),
                server,
                CLOCK,
                () -> BootTime.UNKNOWN,
                Thread::sleep);
    }
}
