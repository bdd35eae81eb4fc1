package dev.auditpolicy.cli;

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

/** From kube-apiserver's flags back to the settings of the log: what {@code AuditFlags} makes of settings, reversed. */
final class LogFlags {

    private final Map<String, String> left;
    private final List<PolicyProblem> problems = new ArrayList<>();
    private final boolean rotatesByDefault;

    /**
     * What flags say of the log.
     *
     * @param problems flags that no setting stands for, or with a value that none can have
     */
    record Reading(LogBackend log, List<PolicyProblem> problems) {
        Reading {
            problems = List.copyOf(problems);
        }
    }

    private LogFlags(Map<String, String> flags, KubernetesVersion version) {
        left = new TreeMap<>(flags);
        rotatesByDefault = version.isAtLeast(1, 36);
    }

    /**
     * Reads flags, by name without dashes, as a kube-apiserver of that version would: where rotation is not set, its
     * default is, as the default of an AuditPolicy is another.
     */
    static Reading of(Map<String, String> flags, KubernetesVersion version) {
        return new LogFlags(flags, version).read();
    }

    private Reading read() {
        left.keySet().removeIf(name -> !name.startsWith("audit-"));
        left.remove("audit-policy-file");
        // The only value that it may have.
        left.remove("audit-log-version", "audit.k8s.io/v1");
        LogBackend log = new LogBackend(
                left.remove("audit-log-path"),
                whole("audit-log-maxage", rotatesByDefault ? 366 : 0),
                whole("audit-log-maxbackup", rotatesByDefault ? 100 : 0),
                whole("audit-log-maxsize", 100),
                flag("audit-log-compress"),
                take("audit-log-format", value -> one(LogFormat.values(), LogFormat::flagValue, value)),
                take("audit-log-mode", value -> one(Mode.values(), Mode::flagValue, value)),
                batch(),
                truncate());
        left.forEach((name, value) -> problems.add(new PolicyProblem(
                "--" + name,
                value,
                "has no counterpart in spec.log",
                "remove the flag, or leave it out with --lenient")));
        return new Reading(log, problems);
    }

    private Batch batch() {
        Batch batch = new Batch(
                whole("audit-log-batch-buffer-size", null),
                whole("audit-log-batch-max-size", null),
                take("audit-log-batch-max-wait", LogFlags::seconds),
                flag("audit-log-batch-throttle-enable"),
                whole("audit-log-batch-throttle-qps", null),
                whole("audit-log-batch-throttle-burst", null));
        return batch.equals(new Batch(null, null, null, null, null, null)) ? null : batch;
    }

    private Truncate truncate() {
        Truncate truncate = new Truncate(
                flag("audit-log-truncate-enabled"),
                take("audit-log-truncate-max-batch-size", Long::valueOf),
                take("audit-log-truncate-max-event-size", Long::valueOf));
        return truncate.equals(new Truncate(null, null, null)) ? null : truncate;
    }

    private Integer whole(String name, Integer otherwise) {
        Integer value = take(name, Integer::valueOf);
        return value == null ? otherwise : value;
    }

    /** Go's {@code strconv.ParseBool}, which pflag uses. */
    private Boolean flag(String name) {
        return take(name, value -> switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException(value);
        });
    }

    private <T> T take(String name, Function<String, T> reader) {
        String value = left.remove(name);
        try {
            return value == null ? null : reader.apply(value);
        } catch (IllegalArgumentException _) {
            problems.add(new PolicyProblem(
                    "--" + name,
                    value,
                    "\"" + value + "\" is no value that spec.log can have",
                    "correct the flag, or leave it out with --lenient"));
            return null;
        }
    }

    private static <T> T one(T[] values, Function<T, String> text, String wanted) {
        return Arrays.stream(values)
                .filter(value -> text.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(wanted));
    }

    /** Of Go's durations those that are whole seconds, such as {@code 90s} and {@code 1m30s}. */
    private static Integer seconds(String text) {
        if (text.isEmpty() || !text.matches("(\\d{1,4}h)?(\\d{1,6}m)?(\\d{1,8}s)?")) {
            throw new IllegalArgumentException(text);
        }
        return Math.toIntExact(Duration.parse("PT" + text).toSeconds());
    }
}
