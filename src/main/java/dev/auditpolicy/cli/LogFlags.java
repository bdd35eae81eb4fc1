package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts kube-apiserver flags to {@code spec.log}, the reverse of {@code AuditFlags}. */
final class LogFlags {

    private final Map<String, String> remaining;
    private final List<PolicyProblem> problems = new ArrayList<>();
    private final boolean rotatesByDefault;

    /**
     * The converted flags.
     *
     * @param problems flags without a corresponding field, or with a value that the field cannot have
     */
    record Reading(LogBackend log, List<PolicyProblem> problems) {
        Reading {
            problems = List.copyOf(problems);
        }
    }

    private LogFlags(Map<String, String> flags, KubernetesVersion version) {
        remaining = new TreeMap<>(flags);
        rotatesByDefault = version.isAtLeast(1, 36);
    }

    /**
     * Converts flags, by name without dashes, as a kube-apiserver of that version would read them. Flags for rotation that are
     * not set get the default of that version, because the defaults of an AuditPolicy differ.
     */
    static Reading of(Map<String, String> flags, KubernetesVersion version) {
        return new LogFlags(flags, version).read();
    }

    private Reading read() {
        remaining.keySet().removeIf(name -> !name.startsWith("audit-"));
        remaining.remove("audit-policy-file");
        // The only supported value.
        remaining.remove("audit-log-version", "audit.k8s.io/v1");
        LogBackend log = new LogBackend(
                requireNonNullElse(remaining.remove("audit-log-path"), ""),
                integer("audit-log-maxage", rotatesByDefault ? 366 : 0),
                integer("audit-log-maxbackup", rotatesByDefault ? 100 : 0),
                integer("audit-log-maxsize", 100),
                bool("audit-log-compress"),
                take("audit-log-format", value -> parse(LogFormat.values(), LogFormat::flagValue, value)),
                take("audit-log-mode", value -> parse(Mode.values(), Mode::flagValue, value)),
                batch(),
                truncate());
        remaining.forEach((name, value) -> problems.add(new PolicyProblem(
                "--" + name,
                value,
                "has no corresponding field in spec.log",
                "remove the flag, or use --lenient to drop it")));
        return new Reading(log, problems);
    }

    private @Nullable Batch batch() {
        Batch batch = new Batch(
                integer("audit-log-batch-buffer-size", null),
                integer("audit-log-batch-max-size", null),
                take("audit-log-batch-max-wait", LogFlags::seconds),
                bool("audit-log-batch-throttle-enable"),
                integer("audit-log-batch-throttle-qps", null),
                integer("audit-log-batch-throttle-burst", null));
        return batch.equals(new Batch(null, null, null, null, null, null)) ? null : batch;
    }

    private @Nullable Truncate truncate() {
        Truncate truncate = new Truncate(
                bool("audit-log-truncate-enabled"),
                take("audit-log-truncate-max-batch-size", Long::valueOf),
                take("audit-log-truncate-max-event-size", Long::valueOf));
        return truncate.equals(new Truncate(null, null, null)) ? null : truncate;
    }

    private @Nullable Integer integer(String name, @Nullable Integer defaultValue) {
        Integer value = take(name, Integer::valueOf);
        return value == null ? defaultValue : value;
    }

    /** Go's {@code strconv.ParseBool}, which pflag uses. */
    private @Nullable Boolean bool(String name) {
        return take(name, value -> switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException(value);
        });
    }

    private <T> @Nullable T take(String name, Function<String, T> reader) {
        String value = remaining.remove(name);
        try {
            return value == null ? null : reader.apply(value);
        } catch (IllegalArgumentException _) {
            problems.add(new PolicyProblem(
                    "--" + name,
                    value,
                    "spec.log cannot express the value \"" + value + "\"",
                    "correct the flag, or use --lenient to drop it"));
            return null;
        }
    }

    private static <T> T parse(T[] values, Function<T, String> flagValue, String text) {
        return Arrays.stream(values)
                .filter(value -> flagValue.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Parses Go durations of whole seconds, such as {@code 90s} and {@code 1m30s}. */
    private static Integer seconds(String text) {
        if (text.isEmpty() || !text.matches("(\\d{1,4}h)?(\\d{1,6}m)?(\\d{1,8}s)?")) {
            throw new IllegalArgumentException(text);
        }
        return Math.toIntExact(Duration.parse("PT" + text).toSeconds());
    }
}
