package dev.auditpolicy.telemetry;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics in the Prometheus text format 0.0.4. A metrics library would cost the agent megabytes of memory.
 */
public final class Exposition {

    /** Media type of the format. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private Exposition() {}

    public static String text(List<Family> families) {
        return families.stream().map(Exposition::text).collect(joining());
    }

    private static String text(Family family) {
        var name = family.name();
        var type = family.kind().name().toLowerCase(Locale.ROOT);
        return "# HELP " + name + " " + escape(family.help()) + "\n# TYPE " + name + " " + type + "\n"
                + family.samples().stream()
                        .map(sample -> name + labels(sample.labels()) + " " + number(sample.value()) + "\n")
                        .collect(joining());
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(label -> "%s=\"%s\""
                                .formatted(
                                        label.getKey(), escape(label.getValue()).replace("\"", "\\\"")))
                        .collect(joining(",", "{", "}"));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
