package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** Requests to one node's own kube-apiserver, as the cluster's administrator, and what its audit log says of them. */
final class Requests implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final String logPath;
    private final KubernetesClient client;

    Requests(Lab lab, String logPath) {
        this.lab = lab;
        this.logPath = logPath;
        this.client = new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder(Config.fromKubeconfig(lab.kubeconfig().toFile()))
                                .withDisableHostnameVerification(true)
                                .build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** Sends a request and returns the Audit-ID under which it is recorded, if it is. */
    String send(String node, String method, String path, String body) {
        var auditId = UUID.randomUUID().toString();
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(lab.apiAddress(node).resolve(path))
                .method(method, "application/json", body.isEmpty() ? null : body)
                .header("Audit-ID", auditId)
                .build();
        client.getHttpClient().sendAsync(request, String.class).join();
        return auditId;
    }

    /** The events that the node's log has of a request. kube-apiserver writes them before it answers. */
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
