package dev.auditpolicy.agent;

import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.host.file.FileChanges;
import dev.auditpolicy.host.file.NodeLock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link Reapplier} on a thread of its own: an iteration of the loop takes up to 5 s for each request that no API server
 * answers, as while kubeadm restarts etcd before it rewrites kube-apiserver's manifest.
 */
final class ManifestWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestWatch.class);

    private static final Duration RETRY_AFTER = Duration.ofMillis(100);
    private static final int MAX_TRIES = 10;

    private final Reapplier reapplier;
    private final NodeLock lock;
    private final Semaphore wake = new Semaphore(0);

    ManifestWatch(Reapplier reapplier, NodeLock lock) {
        this.reapplier = reapplier;
        this.lock = lock;
    }

    /** A file of the node has changed. */
    void wake() {
        wake.release();
    }

    /** Starts the thread, which is interrupted when the result is closed. */
    FileChanges.Watch start() {
        var thread = Thread.ofPlatform().daemon().name("manifest-watch").start(this::run);
        return thread::interrupt;
    }

    private void run() {
        try {
            while (true) {
                wake.acquire();
                wake.drainPermits();
                step();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        for (var tries = 0; tries < MAX_TRIES; tries++) {
            try (var _ = lock.acquire()) {
                reapplier.step();
                return;
            } catch (IOException | RuntimeException | LinkageError failure) {
                LOG.atWarn().addKeyValue("reason", String.valueOf(failure)).log("Cannot check the manifest, retrying");
            }
            Thread.sleep(RETRY_AFTER);
        }
    }
}
