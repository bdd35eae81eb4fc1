package dev.auditpolicy.replay.estimate;

import dev.auditpolicy.metric.MetricSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What kube-apiserver writes at {@code /metrics}, as far as it counts requests.
 *
 * @param startSecond when its process started, in seconds since 1970
 */
public record RequestMetrics(List<CountedRequests> requests, OptionalLong startSecond) {

    private static final String REQUESTS = "apiserver_request_total";
    private static final String START = "process_start_time_seconds";

    public RequestMetrics {
        requests = List.copyOf(requests);
    }

    /** Parses the text format of Prometheus. */
    public static RequestMetrics parse(String text) {
        return parse(text.lines());
    }

    /** Parses the lines of that format. */
    public static RequestMetrics parse(Stream<String> lines) {
        var requests = new ArrayList<CountedRequests>();
        OptionalLong start = OptionalLong.empty();
        for (String line : (Iterable<String>) lines::iterator) {
            MetricSample sample = line.startsWith(REQUESTS) || line.startsWith(START)
                    ? MetricSample.parse(line).orElse(null)
                    : null;
            if (sample != null && sample.name().equals(REQUESTS)) {
                requests.add(CountedRequests.of(sample.labels(), (long) sample.value()));
            } else if (sample != null && sample.name().equals(START)) {
                start = OptionalLong.of((long) sample.value());
            }
        }
        return new RequestMetrics(requests, start);
    }

    /** Whether it counts no request. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }
}
