package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the AuditPolicy's condition Ready and a node's AuditNode say from the start to {@link #close}, polled every second. */
final class StatusWords implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Lab lab;
    private final String node;
    private final Set<String> reasons = new LinkedHashSet<>();
    private final Set<String> phases = new LinkedHashSet<>();
    private volatile boolean closed;

    StatusWords(Lab lab, String node) {
        this.lab = lab;
        this.node = node;
        Thread.ofPlatform().daemon().start(this::pollUntilClosed);
    }

    private void pollUntilClosed() {
        try {
            while (!closed) {
                poll();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try {
            add(reasons, "auditpolicy/cluster", "{.status.conditions[?(@.type==\"Ready\")].reason}");
            add(phases, "auditnode/" + node, "{.status.phase}");
        } catch (LabException noApiServer) {
            // The next one may answer.
        }
    }

    private void add(Set<String> words, String object, String jsonPath) {
        var word =
                lab.kubectl("get", object, "--ignore-not-found", "--request-timeout=5s", "-o", "jsonpath=" + jsonPath);
        synchronized (this) {
            words.add(word.isEmpty() ? "none" : word);
        }
    }

    /** Reasons of the AuditPolicy, each once. */
    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Phases of the AuditNode, each once. */
    synchronized List<String> phases() {
        return List.copyOf(phases);
    }

    @Override
    public void close() {
        closed = true;
    }
}
