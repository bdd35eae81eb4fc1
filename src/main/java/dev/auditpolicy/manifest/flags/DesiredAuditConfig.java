package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a manifest is to say about auditing.
 *
 * @param flags kube-apiserver flags by name without dashes, each one of {@link AuditFlags#NAMES}, in the order to write
 * @param policyPath the policy file, on the host and in the container
 * @param logDirectory the directory that is mounted for the log, on the host and in the container
 * @param revision hash of policy and settings; another one gives the static pod another UID even when no flag changes
 */
public record DesiredAuditConfig(Map<String, String> flags, String policyPath, String logDirectory, String revision) {
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._/+-]+");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    /**
     * Checks what will stand in the manifest.
     *
     * @throws IllegalArgumentException for a flag that is not in the list, and for text that YAML would not take
     *     unquoted
     */
    public DesiredAuditConfig {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        flags.forEach((name, value) -> {
            if (!AuditFlags.NAMES.contains(name)) {
                throw new IllegalArgumentException("flag --" + name + " is none that this product sets");
            }
            require(VALUE, "flag --" + name, value);
        });
        require(PATH, "policyPath", policyPath);
        require(PATH, "logDirectory", logDirectory);
        require(VALUE, "revision", revision);
    }

    /**
     * Everything that follows from the settings of the log backend.
     *
     * @throws IllegalArgumentException as {@link AuditFlags#of}
     */
    public static DesiredAuditConfig of(LogBackend log, String revision) {
        var flags = AuditFlags.of(log);
        var directory = log.path().substring(0, log.path().lastIndexOf('/'));
        return new DesiredAuditConfig(flags, AuditFlags.POLICY_PATH, directory, revision);
    }

    private static void require(Pattern pattern, String field, String value) {
        Objects.requireNonNull(value, field);
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + "=" + value + ": must match " + pattern);
        }
    }
}
