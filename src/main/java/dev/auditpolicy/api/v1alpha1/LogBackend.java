package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * kube-apiserver's log backend. Every field is a flag, except file and whenSpaceIsShort.
 *
 * <p>The path is restricted because the agent mounts its directory into kube-apiserver with write access. Directories
 * that kubelet or journald clean up, and that of the Linux audit daemon, are rejected. Standard output is rejected: everyone with access to
 * {@code pods/log} could read it, kubelet rotates it by its own limits, and klog's lines are between the events.
 */
@ValidationRule(
        value = "!has(self.batch) || (has(self.mode) && self.mode == 'batch')",
        messageExpression =
                "\"has no effect unless log.mode is 'batch', and log.mode is \" + (has(self.mode) ?"
                        + " \"'\" + self.mode + \"'\" : \"absent, which means 'blocking'\") + \": set log.mode to batch or remove log.batch\"",
        fieldPath = ".batch")
@ValidationRule(
        value = "!has(self.batch) || !has(self.batch.throttleEnable) || !self.batch.throttleEnable"
                + " || (has(self.batch.throttleQPS) && has(self.batch.throttleBurst))",
        message =
                "throttleEnable: true requires throttleQPS and throttleBurst, because kube-apiserver's defaults for the"
                        + " log are 0, with which it does not start: set both or remove throttleEnable",
        fieldPath = ".batch")
@SchemaCustomizer(value = ValueRules.class, input = """
                path:
                - rule: self.matches('^(/var/log(/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}|-|/dev/std(out|err))$')
                  message: >-
                    must be a file in a directory of its own under /var/log, such as /var/log/kubernetes/audit/audit.log. It may
                    contain only letters, digits, '.', '_' and '-', and no part may begin with '.'
                - rule: "!self.matches('^(-|/dev/std(out|err))$')"
                  message: >-
                    must not be standard output, because anyone who may read pods/log in kube-system could then read the audit
                    log, and kubelet's limits, not maxBackups and maxAgeDays, would decide how long it is kept: use a file such as
                    /var/log/kubernetes/audit/audit.log, and have the log shipper of the node read that file
                - rule: "!self.matches('^/var/log/(pods|containers|journal)/')"
                  message: >-
                    must not be in /var/log/pods, /var/log/containers or /var/log/journal, because kubelet and journald remove
                    files there: use a directory of its own, such as /var/log/kubernetes/audit/audit.log
                - rule: "!self.matches('^/var/log/audit/[^/]+$')"
                  message: >-
                    must not be in /var/log/audit, where the Linux audit daemon writes, because kube-apiserver would append to its
                    log and rotate it away: use a directory of its own, such as /var/log/kubernetes/audit/audit.log
                """)
public record LogBackend(
        @Required
        @Size(min = 1, max = 255)
        @JsonPropertyDescription(
                "path is the log file on each control-plane node. It must be in a directory of its own under"
                        + " /var/log, which also contains the rotated files. Flag --audit-log-path.")
        String path,

        @Default("" + LogBackend.DEFAULT_MAX_AGE_DAYS)
        @Min(0)
        @Max(36500)
        @JsonPropertyDescription(
                "maxAgeDays is the number of days to keep rotated files. 0 keeps them regardless of their"
                        + " age. Flag --audit-log-maxage.")
        @Nullable
        Integer maxAgeDays,

        @Default("" + LogBackend.DEFAULT_MAX_BACKUPS)
        @Min(0)
        @Max(100000)
        @JsonPropertyDescription(
                "maxBackups is the number of rotated files to keep. 0 keeps all. Flag --audit-log-maxbackup.")
        @Nullable
        Integer maxBackups,

        @Default("" + LogBackend.DEFAULT_MAX_SIZE_MB)
        @Min(1)
        @Max(1048576)
        @JsonPropertyDescription(
                "maxSizeMB is the size in megabytes at which the file is rotated. Flag --audit-log-maxsize.")
        @Nullable
        Integer maxSizeMB,

        @JsonPropertyDescription("compress compresses rotated files with gzip. Flag --audit-log-compress.") @Nullable
        Boolean compress,

        @JsonPropertyDescription("format is json (one event per line, kube-apiserver's default) or legacy. Flag"
                + " --audit-log-format.")
        @Nullable
        LogFormat format,

        @JsonPropertyDescription(
                "mode is blocking (kube-apiserver's default for the log), blocking-strict (a request fails"
                        + " if its event cannot be stored) or batch (buffered events are lost in a crash). Flag"
                        + " --audit-log-mode.")
        @Nullable
        Mode mode,

        @JsonPropertyDescription("batch configures batching. It requires mode batch. Flags --audit-log-batch-*.")
        @Nullable
        Batch batch,

        @JsonPropertyDescription("truncate limits the size of events and batches. Flags --audit-log-truncate-*.")
        @Nullable
        Truncate truncate,

        @JsonPropertyDescription("version is the API version of the events. Every supported kube-apiserver has only"
                + " audit.k8s.io/v1, its default. Flag --audit-log-version.")
        @Nullable
        LogVersion version,

        @JsonPropertyDescription(
                "file gives a group access to the log, for a log shipper that is not root: an audit log may contain"
                        + " Secrets. The agent changes the live log, without a restart, and kube-apiserver keeps that over"
                        + " its rotation. It is not a flag of kube-apiserver. Absent, the log is left as it is.")
        @Nullable
        LogFileAccess file,

        @JsonPropertyDescription(
                "whenSpaceIsShort decides what happens on a node where the log can grow, given maxSizeMB and"
                        + " maxBackups, until it fills the file system that contains etcd's data: Refuse (the default)"
                        + " leaves the node unchanged, Proceed accepts the risk. It is not a flag of kube-apiserver."
                        + " Changing it does not change the revision and restarts nothing.")
        @Nullable
        WhenSpaceIsShort whenSpaceIsShort) {

    /** The CRD's default: without the flag, kube-apiserver before 1.36 keeps files regardless of their age. */
    public static final int DEFAULT_MAX_AGE_DAYS = 30;

    /** The CRD's default: without the flag, kube-apiserver before 1.36 keeps every file. */
    public static final int DEFAULT_MAX_BACKUPS = 10;

    /** The CRD's default, and kube-apiserver's. */
    public static final int DEFAULT_MAX_SIZE_MB = 100;

    /** A log with no other setting. */
    public static LogBackend at(String path) {
        return new LogBackend(path, null, null, null, null, null, null, null, null);
    }

    /** The flags that have a choice. */
    public LogBackend(
            String path,
            @Nullable Integer maxAgeDays,
            @Nullable Integer maxBackups,
            @Nullable Integer maxSizeMB,
            @Nullable Boolean compress,
            @Nullable LogFormat format,
            @Nullable Mode mode,
            @Nullable Batch batch,
            @Nullable Truncate truncate) {
        this(path, maxAgeDays, maxBackups, maxSizeMB, compress, format, mode, batch, truncate, null, null);
    }

    /** The flags, and whenSpaceIsShort. */
    public LogBackend(
            String path,
            @Nullable Integer maxAgeDays,
            @Nullable Integer maxBackups,
            @Nullable Integer maxSizeMB,
            @Nullable Boolean compress,
            @Nullable LogFormat format,
            @Nullable Mode mode,
            @Nullable Batch batch,
            @Nullable Truncate truncate,
            @Nullable LogVersion version,
            @Nullable WhenSpaceIsShort whenSpaceIsShort) {
        this(
                path,
                maxAgeDays,
                maxBackups,
                maxSizeMB,
                compress,
                format,
                mode,
                batch,
                truncate,
                version,
                null,
                whenSpaceIsShort);
    }

    /** These settings as an API server stores them, with the CRD's defaults for absent fields. */
    public LogBackend withDefaults() {
        return new LogBackend(
                path,
                maxAgeDays == null ? DEFAULT_MAX_AGE_DAYS : maxAgeDays,
                maxBackups == null ? DEFAULT_MAX_BACKUPS : maxBackups,
                maxSizeMB == null ? DEFAULT_MAX_SIZE_MB : maxSizeMB,
                compress,
                format,
                mode,
                batch,
                truncate,
                version,
                file,
                whenSpaceIsShort);
    }

    /** These settings with access for a group. */
    public LogBackend with(@Nullable LogFileAccess access) {
        return new LogBackend(
                path,
                maxAgeDays,
                maxBackups,
                maxSizeMB,
                compress,
                format,
                mode,
                batch,
                truncate,
                version,
                access,
                whenSpaceIsShort);
    }
}
