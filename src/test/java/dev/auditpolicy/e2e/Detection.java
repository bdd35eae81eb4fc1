package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Notices when a node begins to take a change back, whatever happens to the node meanwhile. */
final class Detection implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final CompletableFuture<Instant> undoing = new CompletableFuture<>();
    private volatile boolean closed;

    Detection(Lab lab, String node) {
        var script = "for look in $(seq 1 50); do " + Moment.UNDOING.condition().replace("$journal", FaultSite.JOURNAL)
                + " && date +%s%3N && break; sleep 0.2; done";
        Thread.ofPlatform().daemon().start(() -> look(lab, node, script));
    }

    private void look(Lab lab, String node, String script) {
        try {
            while (!closed && !undoing.isDone()) {
                try {
                    var told = lab.exec(node, "sh", "-c", script).strip();
                    if (!told.isEmpty()) {
                        undoing.complete(Instant.ofEpochMilli(Long.parseLong(told)));
                    }
                } catch (LabException noPower) {
                    Thread.sleep(BETWEEN_TRIES);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** When it began, if it has. */
    Optional<Instant> at() {
        return Optional.ofNullable(undoing.getNow(null));
    }

    @Override
    public void close() {
        closed = true;
    }
}
