package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;

/** Requests to one node's kube-apiserver as the cluster's administrator, and their events in its audit log. */
final class Requests implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final String logPath;
    private final HttpClient client;

    Requests(Lab lab, String logPath) throws GeneralSecurityException, IOException {
        this.lab = lab;
        this.logPath = logPath;
        this.client = HttpClient.newBuilder().sslContext(LabTrust.of(lab)).build();
    }

    /** Sends a request and returns its Audit-ID. */
    String send(String node, String method, String path, String body) {
        var auditId = UUID.randomUUID().toString();
        var request = HttpRequest.newBuilder(lab.apiAddress(node).resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Audit-ID", auditId)
                .build();
        client.sendAsync(request, BodyHandlers.discarding()).join();
        return auditId;
    }

    /** The events of a request in the node's log. kube-apiserver writes them before it answers. */
    List<JsonNode> events(String node, String auditId) {
        return lab.exec(node, "sh", "-c", "grep -h " + auditId + " " + logPath + " || true")
                .lines()
                .map(Requests::parse)
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
