package dev.auditpolicy.manifest.flags;

import static java.util.Map.entry;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What audit flags mean to a kube-apiserver: two command lines with equal effective flags configure the same, however they are
 * written. Absent flags have their default, values have one spelling, and flags without an effect are left out.
 *
 * <p>The path of the policy is left out, because what counts is its content. A path of the log is kept as it is; a caller that
 * knows where it lies on the node compares that instead.
 *
 * @param values by name without leading dashes
 */
public record EffectiveFlags(Map<String, String> values) {

    private static final String LOG = "audit-log-";
    private static final String WEBHOOK = "audit-webhook-";
    private static final String BATCH = "batch";
    private static final String DEPRECATED_BACKOFF = "audit-webhook-batch-initial-backoff";

    /** kubernetes/apiserver {@code pkg/server/options/audit.go}, apart from the rotation, which changed in 1.36. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("audit-log-maxsize", "100"),
            entry("audit-log-compress", "false"),
            entry("audit-log-format", "json"),
            entry("audit-log-mode", "blocking"),
            entry("audit-log-version", "audit.k8s.io/v1"),
            entry("audit-log-batch-buffer-size", "10000"),
            entry("audit-log-batch-max-size", "1"),
            entry("audit-log-batch-max-wait", "0s"),
            entry("audit-log-batch-throttle-enable", "false"),
            entry("audit-log-batch-throttle-qps", "0"),
            entry("audit-log-batch-throttle-burst", "0"),
            entry("audit-log-truncate-enabled", "false"),
            entry("audit-log-truncate-max-batch-size", "10485760"),
            entry("audit-log-truncate-max-event-size", "102400"),
            entry("audit-webhook-initial-backoff", "10s"),
            entry("audit-webhook-mode", BATCH),
            entry("audit-webhook-version", "audit.k8s.io/v1"),
            entry("audit-webhook-batch-buffer-size", "10000"),
            entry("audit-webhook-batch-max-size", "400"),
            entry("audit-webhook-batch-max-wait", "30s"),
            entry("audit-webhook-batch-throttle-enable", "true"),
            entry("audit-webhook-batch-throttle-qps", "10"),
            entry("audit-webhook-batch-throttle-burst", "15"),
            entry("audit-webhook-truncate-enabled", "false"),
            entry("audit-webhook-truncate-max-batch-size", "10485760"),
            entry("audit-webhook-truncate-max-event-size", "102400"));

    public EffectiveFlags {
        values = Map.copyOf(values);
    }

    /**
     * The effective flags of a command line.
     *
     * @param flags by name; the last of several equal flags
     * @param rotatesByDefault whether kube-apiserver removes old logs by default: since Kubernetes 1.36
     */
    public static EffectiveFlags of(Map<String, String> flags, boolean rotatesByDefault) {
        var all = new TreeMap<String, String>();
        DEFAULTS.forEach((name, value) -> all.put(name, normalize(name, value)));
        all.put("audit-log-maxage", rotatesByDefault ? "366" : "0");
        all.put("audit-log-maxbackup", rotatesByDefault ? "100" : "0");
        flags.forEach((name, value) -> {
            if (name.startsWith("audit-")) {
                all.put(
                        name.equals(DEPRECATED_BACKOFF) ? "audit-webhook-initial-backoff" : name,
                        normalize(name, value));
            }
        });
        all.remove("audit-policy-file");
        if (!rotatesByDefault && "0".equals(all.get("audit-log-maxsize"))) {
            // Before 1.36, lumberjack reads 0 as its default.
            all.put("audit-log-maxsize", "100");
        }
        all.keySet().removeIf(hasNoEffect(all));
        return new EffectiveFlags(all);
    }

    private static Predicate<String> hasNoEffect(Map<String, String> all) {
        var without = new LinkedHashSet<String>();
        if (all.getOrDefault("audit-log-path", "").isEmpty()) {
            without.add(LOG);
        } else if ("-".equals(all.get("audit-log-path"))) {
            // Standard output is not rotated.
            without.add(LOG + "max");
            without.add(LOG + "compress");
        }
        if (all.getOrDefault("audit-webhook-config-file", "").isEmpty()) {
            without.add(WEBHOOK);
        }
        for (var backend : new String[] {LOG, WEBHOOK}) {
            if (!BATCH.equals(all.get(backend + "mode"))) {
                without.add(backend + "batch-");
            } else if (!"true".equals(all.get(backend + "batch-throttle-enable"))) {
                without.add(backend + "batch-throttle-");
            }
            if ("1".equals(all.get(backend + "batch-max-size"))) {
                without.add(backend + "batch-max-wait");
            }
            if (!"true".equals(all.get(backend + "truncate-enabled"))) {
                without.add(backend + "truncate-");
            }
        }
        return name -> without.stream().anyMatch(name::startsWith);
    }

    /** What an absent flag means, as a flag would say it; empty if that depends on the version. */
    public static Optional<String> defaultValue(String name) {
        return Optional.ofNullable(DEFAULTS.get(name));
    }

    /** A value that kube-apiserver would not read stays as it is. */
    private static String normalize(String name, String value) {
        if (AuditFlags.BOOLEAN.contains(name)) {
            return switch (value) {
                case "1", "t", "T", "true", "TRUE", "True" -> "true";
                case "0", "f", "F", "false", "FALSE", "False" -> "false";
                default -> value;
            };
        }
        if (name.endsWith("-max-wait") || name.endsWith("-backoff")) {
            return duration(value);
        }
        if (name.endsWith("-throttle-qps")) {
            return GoFloat.parse(value).map(String::valueOf).orElse(value);
        }
        return DEFAULTS.getOrDefault(name, "").matches("\\d+") || name.startsWith("audit-log-max")
                ? GoInteger.parse(value).map(String::valueOf).orElse(value)
                : value;
    }

    private static String duration(String value) {
        try {
            return GoDuration.parse(value).toString();
        } catch (IllegalArgumentException invalid) {
            return value;
        }
    }

    /** The names of the flags that differ. */
    public Stream<String> differing(EffectiveFlags other) {
        return Stream.concat(values.keySet().stream(), other.values.keySet().stream())
                .distinct()
                .sorted()
                .filter(name ->
                        !Optional.ofNullable(values.get(name)).equals(Optional.ofNullable(other.values.get(name))));
    }
}
