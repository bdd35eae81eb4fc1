package dev.auditpolicy.cli;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.GoDuration;
import dev.auditpolicy.manifest.flags.GoFloat;
import dev.auditpolicy.manifest.flags.GoInteger;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts kube-apiserver flags to {@code spec.log}, the reverse of {@code AuditFlags}. */
final class LogFlags {

    private static final BigDecimal MAX_SECONDS = new BigDecimal(Integer.MAX_VALUE);

    private final Map<String, String> remaining;
    private final Optional<KubernetesVersion> version;
    private final boolean writesLog;
    private final @Nullable String path;
    private final List<PolicyProblem> problems = new ArrayList<>();

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

    private LogFlags(Map<String, String> flags, Optional<KubernetesVersion> version, @Nullable String path) {
        remaining = new TreeMap<>(flags);
        this.version = version;
        this.path = path;
        writesLog = !flags.getOrDefault("audit-log-path", "").isEmpty();
    }

    /**
     * Converts flags, by name without dashes, as a kube-apiserver of that version would read them. Flags for rotation that are
     * not set get the default of that version, because the defaults of an AuditPolicy differ. Without a log, nothing was
     * rotated, and the defaults of an AuditPolicy apply.
     *
     * @param version empty if it is unknown
     * @param path the path of the log; null for that of the flags, or the default if they have none
     */
    static Reading of(Map<String, String> flags, Optional<KubernetesVersion> version, @Nullable String path) {
        return new LogFlags(flags, version, path).read();
    }

    private Reading read() {
        remaining.keySet().removeIf(name -> !name.startsWith("audit-"));
        remaining.remove("audit-policy-file");
        // The only value of a supported kube-apiserver, and its default.
        remaining.remove("audit-log-version", LogVersion.V1.flagValue());
        String pathOfFlag = requireNonNullElse(remaining.remove("audit-log-path"), "");
        LogBackend log = new LogBackend(
                requireNonNullElse(path, writesLog ? pathOfFlag : LogFlagNames.DEFAULT_PATH),
                rotation("audit-log-maxage", LogBackend.DEFAULT_MAX_AGE_DAYS, 366),
                rotation("audit-log-maxbackup", LogBackend.DEFAULT_MAX_BACKUPS, 100),
                size(),
                bool("audit-log-compress"),
                take("audit-log-format", value -> parse(LogFormat.values(), LogFormat::flagValue, value)),
                take("audit-log-mode", value -> parse(Mode.values(), Mode::flagValue, value)),
                batch(),
                truncate());
        remaining.forEach((name, value) -> problems.add(unknown(name, value)));
        return new Reading(log, problems);
    }

    private static PolicyProblem unknown(String name, String value) {
        return Nearest.bySpelling(name, AuditFlags.LOG_NAMES)
                .map(known -> new PolicyProblem(
                        "--" + name,
                        value,
                        "is no flag of kube-apiserver, which does not start with it",
                        "did you mean --" + known + "? Correct the flag, or use --lenient to drop it"))
                .orElseGet(() -> new PolicyProblem(
                        "--" + name,
                        value,
                        "has no corresponding field in spec.log",
                        "remove the flag, or use --lenient to drop it"));
    }

    /** The default of kube-apiserver was 0 (keep all) before 1.36. */
    private @Nullable Integer rotation(String name, int ofAuditPolicy, int since136) {
        Integer value = take(name, LogFlags::integer);
        if (value != null || !writesLog) {
            return requireNonNullElse(value, ofAuditPolicy);
        }
        if (version.isEmpty()) {
            problems.add(new PolicyProblem(
                    "--" + name,
                    "",
                    "is not set, and the image does not name the version on which its default depends (0 before 1.36, "
                            + since136 + " since)",
                    "pass --kubernetes-version"));
        }
        return version.filter(known -> !known.isAtLeast(1, 36)).isPresent() ? 0 : since136;
    }

    /** Like absence, 0 means 100 MB to the library that rotates. Since 1.36, kube-apiserver does not use it for 0. */
    private Integer size() {
        Integer value = take("audit-log-maxsize", LogFlags::integer);
        if (value != null
                && value == 0
                && version.filter(known -> !known.isAtLeast(1, 36)).isEmpty()) {
            problems.add(new PolicyProblem(
                    "--audit-log-maxsize",
                    "0",
                    "since Kubernetes 1.36, 0 disables the rotation, and spec.log always rotates",
                    version.isEmpty()
                            ? "pass --kubernetes-version, or use --lenient to rotate at "
                                    + LogBackend.DEFAULT_MAX_SIZE_MB + " MB"
                            : "set the size at which to rotate, or use --lenient to rotate at "
                                    + LogBackend.DEFAULT_MAX_SIZE_MB + " MB"));
        }
        return value == null || value == 0 ? Integer.valueOf(LogBackend.DEFAULT_MAX_SIZE_MB) : value;
    }

    private @Nullable Batch batch() {
        Batch batch = new Batch(
                take("audit-log-batch-buffer-size", LogFlags::integer),
                take("audit-log-batch-max-size", LogFlags::integer),
                take("audit-log-batch-max-wait", LogFlags::seconds),
                bool("audit-log-batch-throttle-enable"),
                take("audit-log-batch-throttle-qps", LogFlags::decimal),
                take("audit-log-batch-throttle-burst", LogFlags::integer));
        return batch.equals(new Batch(null, null, null, null, null, null)) ? null : batch;
    }

    private @Nullable Truncate truncate() {
        Truncate truncate = new Truncate(
                bool("audit-log-truncate-enabled"),
                take("audit-log-truncate-max-batch-size", LogFlags::whole),
                take("audit-log-truncate-max-event-size", LogFlags::whole));
        return truncate.equals(new Truncate(null, null, null)) ? null : truncate;
    }

    private static Integer integer(String text) {
        return Math.toIntExact(whole(text));
    }

    private static Long whole(String text) {
        return GoInteger.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** The digits of the flag, where they are decimal; those of a float32 have more. */
    private static BigDecimal decimal(String text) {
        Float number = GoFloat.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
        return text.matches("[+-]?0[xX].*") ? new BigDecimal(number) : new BigDecimal(text);
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
        } catch (IllegalArgumentException | ArithmeticException _) {
            problems.add(new PolicyProblem(
                    "--" + name,
                    value,
                    value.contains("$")
                            ? "the value " + Quoted.go(value)
                                    + " depends on a variable that the manifest does not contain"
                            : "spec.log cannot express the value " + Quoted.go(value),
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

    private static BigDecimal seconds(String text) {
        BigDecimal seconds =
                BigDecimal.valueOf(GoDuration.parse(text).toNanos(), 9).stripTrailingZeros();
        if (seconds.abs().compareTo(MAX_SECONDS) > 0) {
            throw new IllegalArgumentException(text);
        }
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
