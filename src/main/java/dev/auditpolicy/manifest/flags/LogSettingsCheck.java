package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the validation of {@link LogBackend} for the agent, which does not trust its input: kube-apiserver may write to
 * the directory of the path, and does not start with an invalid value.
 */
public final class LogSettingsCheck {
    private static final Pattern PATH = Pattern.compile("/var/log(/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}");
    private static final Pattern KUBELET_PATH = Pattern.compile("/var/log/(pods|containers|journal)/.*");
    private static final Pattern AUDITD_PATH = Pattern.compile("/var/log/audit/[^/]+");
    private static final Set<String> STANDARD_OUTPUT = Set.of("-", "/dev/stdout", "/dev/stderr");
    private static final int MAX_PATH_LENGTH = 255;

    private final List<ManifestProblem> problems = new ArrayList<>();
    private final SettingsCheck settings = new SettingsCheck("log", problems);

    private LogSettingsCheck() {}

    /** The problems of {@code log}; empty if it is valid. */
    public static List<ManifestProblem> check(LogBackend log) {
        var check = new LogSettingsCheck();
        check.directoryOfAuditd(log.path());
        check.all(log);
        return List.copyOf(check.problems);
    }

    /**
     * The problems with which nothing may run. A rollback to settings that an earlier release accepted does not fail because
     * {@link #check} has become stricter.
     */
    static List<ManifestProblem> checkFlags(LogBackend log) {
        var check = new LogSettingsCheck();
        check.all(log);
        return List.copyOf(check.problems);
    }

    private void all(LogBackend log) {
        path(log.path());
        settings.atLeast(0, "maxAgeDays", log.maxAgeDays());
        settings.atLeast(0, "maxBackups", log.maxBackups());
        settings.atLeast(1, "maxSizeMB", log.maxSizeMB());
        if (log.batch() != null && log.mode() != Mode.BATCH) {
            settings.add("batch", "", "has no effect unless log.mode is 'batch': set log.mode or remove log.batch");
        }
        settings.batch(log.batch());
        throttle(log.batch());
        settings.truncate(log.truncate());
    }

    private void throttle(@Nullable Batch batch) {
        if (batch != null
                && Boolean.TRUE.equals(batch.throttleEnable())
                && (batch.throttleQPS() == null || batch.throttleBurst() == null)) {
            settings.add(
                    "batch.throttleEnable",
                    "true",
                    "requires throttleQPS and throttleBurst: their defaults for the log are 0, and kube-apiserver"
                            + " does not start with these");
        }
    }

    private void directoryOfAuditd(@Nullable String path) {
        if (path != null && AUDITD_PATH.matcher(path).matches()) {
            problems.add(
                    new ManifestProblem(
                            "log.path",
                            path,
                            "must not be in /var/log/audit, where the Linux audit daemon writes: kube-apiserver would append to its log"
                                    + " and rotate it away. Use a directory of its own, such as /var/log/kubernetes/audit/audit.log"));
        }
    }

    private void path(@Nullable String path) {
        if (path != null && STANDARD_OUTPUT.contains(path)) {
            problems.add(
                    new ManifestProblem(
                            "log.path",
                            path,
                            "must not be standard output: anyone who may read pods/log in kube-system could then read the audit log,"
                                    + " and kubelet's limits would decide how long it is kept. Use a file such as"
                                    + " /var/log/kubernetes/audit/audit.log, and have the log shipper of the node read that file"));
        } else if (path == null
                || path.length() > MAX_PATH_LENGTH
                || !PATH.matcher(path).matches()
                || KUBELET_PATH.matcher(path).matches()) {
            problems.add(new ManifestProblem(
                    "log.path",
                    String.valueOf(path),
                    "must be a file in a directory of its own under /var/log, such as"
                            + " /var/log/kubernetes/audit/audit.log, with only letters, digits, '.', '_' and '-' (no '..',"
                            + " no kubelet directory)"));
        }
    }
}
