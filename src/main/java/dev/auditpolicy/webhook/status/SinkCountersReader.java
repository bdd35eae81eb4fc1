package dev.auditpolicy.webhook.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.metric.MetricSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads kube-apiserver's metrics line by line: they have 5 MB and more. */
public final class SinkCountersReader {

    private static final String REQUESTS = "rest_client_requests_total";
    private static final String ERRORS = "apiserver_audit_error_total";
    private static final String EVENTS = "apiserver_audit_event_total";

    private final String host;
    private final Set<String> plugins;
    private final Map<String, Long> attempts = new TreeMap<>();
    private final Map<String, Long> lost = new TreeMap<>();
    private long events;

    private SinkCountersReader(String host, Set<String> plugins) {
        this.host = host;
        this.plugins = plugins;
    }

    /**
     * Reads to the end.
     *
     * @param metrics in the Prometheus text format
     * @param host host and port of the receiver as the kubeconfig has them
     * @param plugins the parts of the backend that can drop events: those of the log have the same names, except {@code webhook}
     */
    public static SinkCounters read(InputStream metrics, String host, Set<String> plugins) throws IOException {
        var reader = new SinkCountersReader(host, Set.copyOf(plugins));
        var lines = new BufferedReader(new InputStreamReader(metrics, UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(REQUESTS) || line.startsWith(ERRORS) || line.startsWith(EVENTS)) {
                MetricSample.parse(line).ifPresent(reader::add);
            }
        }
        return new SinkCounters(reader.attempts, reader.lost, reader.events);
    }

    private void add(MetricSample sample) {
        long count = (long) sample.value();
        var labels = sample.labels();
        switch (sample.name()) {
            case REQUESTS -> {
                if (host.equals(labels.get("host")) && "POST".equals(labels.get("method"))) {
                    attempts.merge(labels.getOrDefault("code", ""), count, Long::sum);
                }
            }
            case ERRORS -> {
                String plugin = labels.getOrDefault("plugin", "");
                if (plugins.contains(plugin)) {
                    lost.merge(plugin, count, Long::sum);
                }
            }
            case EVENTS -> events += count;
            default -> {
                // A longer name.
            }
        }
    }
}
