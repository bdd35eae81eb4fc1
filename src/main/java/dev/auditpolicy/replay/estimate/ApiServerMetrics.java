package dev.auditpolicy.replay.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kube-apiserver writes at {@code /metrics}, as far as it counts requests.
 *
 * @param startSecond when its process started, in seconds since 1970
 */
public record ApiServerMetrics(List<CountedRequests> requests, OptionalLong startSecond) {

    private static final Pattern REQUESTS =
            Pattern.compile("apiserver_request_total\\{(.*)\\}\\s+([0-9.eE+]+)(?:\\s+\\d+)?\\s*");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern START = Pattern.compile("process_start_time_seconds\\s+([0-9.eE+]+)\\s*");

    public ApiServerMetrics {
        requests = List.copyOf(requests);
    }

    /** Parses the text format of Prometheus. */
    public static ApiServerMetrics parse(String text) {
        var requests = new ArrayList<CountedRequests>();
        OptionalLong start = OptionalLong.empty();
        for (String line : text.lines().toList()) {
            Matcher counter = REQUESTS.matcher(line);
            if (counter.matches()) {
                requests.add(CountedRequests.of(labels(counter.group(1)), number(counter.group(2))));
            }
            Matcher started = START.matcher(line);
            if (started.matches()) {
                start = OptionalLong.of(number(started.group(1)));
            }
        }
        return new ApiServerMetrics(requests, start);
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static long number(String text) {
        try {
            return (long) Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** Whether it counts no request. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }
}
