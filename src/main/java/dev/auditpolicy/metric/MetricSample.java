package dev.auditpolicy.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A line of the Prometheus text format. */
public record MetricSample(String name, Map<String, String> labels, double value) {

    public MetricSample {
        labels = Map.copyOf(labels);
    }

    private static final Pattern LINE = Pattern.compile(
            "(?<name>[A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(?<labels>.*)})?\\s+(?<value>\\S+)(?:\\s+-?\\d+)?\\s*");

    private static final Pattern LABEL =
            Pattern.compile("\\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*\"(?<value>(?:[^\"\\\\]|\\\\.)*+)\"\\s*,?");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** Empty if the line is a comment, or not in the format. */
    public static Optional<MetricSample> parse(String line) {
        var sample = LINE.matcher(line);
        if (!sample.matches()) {
            return Optional.empty();
        }
        var labels = new HashMap<String, String>();
        if (sample.group("labels") != null) {
            var label = LABEL.matcher(sample.group("labels"));
            while (label.find()) {
                labels.put(label.group("name"), unescaped(label.group("value")));
            }
        }
        try {
            return Optional.of(
                    new MetricSample(sample.group("name"), labels, Double.parseDouble(sample.group("value"))));
        } catch (NumberFormatException infinite) {
            return Optional.empty();
        }
    }

    private static String unescaped(String value) {
        return ESCAPE.matcher(value)
                .replaceAll(escape ->
                        escape.group(1).equals("n") ? "\n" : escape.group(1).replace("\\", "\\\\"));
    }
}
