package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Polls /readyz of every node: how long each kube-apiserver was down, and whether two ever were at once. */
final class Availability implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int TIMEOUT_MILLIS = 2000;

    private final Map<String, URI> targets = new TreeMap<>();
    private final Map<String, Instant> downSince = new ConcurrentHashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<String> overlaps = new ArrayList<>();
    private final SSLSocketFactory trust;
    private volatile boolean closed;

    /** A time during which a node's kube-apiserver was down. */
    record Outage(String node, Instant from, Duration length) {}

    Availability(Lab lab) throws GeneralSecurityException, IOException {
        lab.nodes().forEach(node -> targets.put(node, lab.apiAddress(node).resolve("/readyz")));
        trust = LabTrust.of(lab).getSocketFactory();
        targets.keySet().forEach(node -> Thread.ofPlatform().daemon().start(() -> sampleUntilClosed(node)));
    }

    private void sampleUntilClosed(String node) {
        try {
            while (!closed) {
                sample(node);
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample(String node) {
        if (isReady(targets.get(node))) {
            end(node);
        } else {
            begin(node);
        }
    }

    private synchronized void begin(String node) {
        downSince.putIfAbsent(node, Instant.now());
        if (downSince.size() > 1) {
            overlaps.add(Instant.now() + " " + downSince.keySet());
        }
    }

    private synchronized void end(String node) {
        var since = downSince.remove(node);
        if (since != null) {
            outages.add(new Outage(node, since, Duration.between(since, Instant.now())));
        }
    }

    /** When two or more were down at once. */
    synchronized List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    /** The same since the last call. */
    synchronized List<String> takeOverlaps() {
        var taken = overlaps();
        overlaps.clear();
        return taken;
    }

    /** Whether none is down now, so that {@link #outages} is complete. */
    synchronized boolean isQuiet() {
        return downSince.isEmpty();
    }

    synchronized List<Outage> outages() {
        return List.copyOf(outages);
    }

    private boolean isReady(URI readyz) {
        try {
            var connection = (HttpsURLConnection) readyz.toURL().openConnection();
            connection.setSSLSocketFactory(trust);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Connection", "close");
            return connection.getResponseCode() == HttpsURLConnection.HTTP_OK;
        } catch (IOException down) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
