package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Detects when a node begins a rollback, also across power cuts. */
final class Detection implements AutoCloseable {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final CompletableFuture<Instant> rollingBack = new CompletableFuture<>();
    private volatile boolean closed;

    Detection(Lab lab, String node) {
        var script = "for attempt in $(seq 1 50); do "
                + Moment.ROLLING_BACK.condition().replace("$journal", FaultSite.JOURNAL)
                + " && date +%s%3N && break; sleep 0.2; done";
        Thread.ofPlatform().daemon().start(() -> poll(lab, node, script));
    }

    private void poll(Lab lab, String node, String script) {
        try {
            while (!closed && !rollingBack.isDone()) {
                try {
                    var millis = lab.exec(node, "sh", "-c", script).strip();
                    if (!millis.isEmpty()) {
                        rollingBack.complete(Instant.ofEpochMilli(Long.parseLong(millis)));
                    }
                } catch (LabException unreachable) {
                    Thread.sleep(BETWEEN_ATTEMPTS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** When the rollback began. */
    Optional<Instant> at() {
        return Optional.ofNullable(rollingBack.getNow(null));
    }

    @Override
    public void close() {
        closed = true;
    }
}
