package dev.auditpolicy.cli.flags;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts kube-apiserver flags to {@code spec.log}, the reverse of {@code AuditFlags}. */
public final class LogFlags {

    private final FlagReader flags;
    private final Optional<KubernetesVersion> version;
    private final boolean writesLog;
    private final @Nullable String path;

    /**
     * The converted flags.
     *
     * @param problems flags without a corresponding field, or with a value that the field cannot have
     */
    public record Reading(LogBackend log, List<PolicyProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    private LogFlags(Map<String, String> flags, Optional<KubernetesVersion> version, @Nullable String path) {
        this.flags = new FlagReader("log", flags);
        this.version = version;
        this.path = path;
        writesLog = !flags.getOrDefault("audit-log-path", "").isEmpty();
    }

    /**
     * Converts flags, by name without dashes, as a kube-apiserver of that version would read them. Flags for rotation that are
     * not set get the default of that version, because the defaults of an AuditPolicy differ. Without a log, nothing was
     * rotated, and the defaults of an AuditPolicy apply. Those of the webhook are left to {@link WebhookFlags}.
     *
     * @param version empty if it is unknown
     * @param path the path of the log; null for that of the flags, or the default if they have none
     */
    public static Reading of(Map<String, String> flags, Optional<KubernetesVersion> version, @Nullable String path) {
        return new LogFlags(flags, version, path).read();
    }

    private Reading read() {
        flags.remaining().keySet().removeIf(name -> !name.startsWith("audit-") || WebhookFlags.isKnown(name));
        flags.remaining().remove("audit-policy-file");
        // The only value of a supported kube-apiserver, and its default.
        flags.remaining().remove("audit-log-version", LogVersion.V1.flagValue());
        String pathOfFlag = flags.text("path");
        LogBackend log = new LogBackend(
                requireNonNullElse(path, writesLog ? pathOfFlag : FieldFlags.DEFAULT_PATH),
                rotation("maxage", LogBackend.DEFAULT_MAX_AGE_DAYS, 366),
                rotation("maxbackup", LogBackend.DEFAULT_MAX_BACKUPS, 100),
                size(),
                flags.bool("compress"),
                flags.oneOf("format", LogFormat.values(), LogFormat::flagValue),
                flags.oneOf("mode", Mode.values(), Mode::flagValue),
                flags.batch(),
                flags.truncate());
        flags.remaining().forEach((name, value) -> flags.report(unknown(name, value)));
        return new Reading(log, flags.problems());
    }

    private static PolicyProblem unknown(String name, String value) {
        return Nearest.bySpelling(name, AuditFlags.NAMES)
                .map(known -> new PolicyProblem(
                        "--" + name,
                        value,
                        "is no flag of kube-apiserver, which does not start with it",
                        "did you mean --" + known + "? Correct the flag, or use --lenient to drop it"))
                .orElseGet(() -> new PolicyProblem(
                        "--" + name,
                        value,
                        "has no corresponding field in an AuditPolicy",
                        "remove the flag, or use --lenient to drop it"));
    }

    /** The default of kube-apiserver was 0 (keep all) before 1.36. */
    private @Nullable Integer rotation(String name, int ofAuditPolicy, int since136) {
        Integer value = flags.integer(name);
        if (value != null || !writesLog) {
            return requireNonNullElse(value, ofAuditPolicy);
        }
        if (version.isEmpty()) {
            flags.report(new PolicyProblem(
                    "--audit-log-" + name,
                    "",
                    "is not set, and the image does not name the version on which its default depends (0 before 1.36, "
                            + since136 + " since)",
                    "pass --kubernetes-version"));
        }
        return version.filter(known -> !known.isAtLeast(1, 36)).isPresent() ? 0 : since136;
    }

    /** Like absence, 0 means 100 MB to the library that rotates. Since 1.36, kube-apiserver does not use it for 0. */
    private Integer size() {
        Integer value = flags.integer("maxsize");
        if (value != null
                && value == 0
                && version.filter(known -> !known.isAtLeast(1, 36)).isEmpty()) {
            flags.report(new PolicyProblem(
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
}
