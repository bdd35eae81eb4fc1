package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * kube-apiserver's log backend, one field a flag, but for the last.
 *
 * <p>The path is confined because the agent mounts its directory into kube-apiserver with write access; kubelet's own
 * directories under /var/log are refused because kubelet cleans them up. "-" is refused because every holder of
 * {@code pods/log} could then read the audit log.
 */
@ValidationRule(
        value = "!has(self.batch) || (has(self.mode) && self.mode == 'batch')",
        messageExpression =
                "\"has no effect unless log.mode is 'batch', and log.mode is \" + (has(self.mode) ?"
                        + " \"'\" + self.mode + \"'\" : \"absent, so 'blocking'\") + \": set log.mode to batch or remove log.batch\"",
        fieldPath = ".batch")
@ValidationRule(
        value = "!has(self.batch) || !has(self.batch.throttleEnable) || !self.batch.throttleEnable"
                + " || (has(self.batch.throttleQPS) && has(self.batch.throttleBurst))",
        message =
                "throttleEnable: true requires throttleQPS and throttleBurst, because kube-apiserver's defaults for the"
                        + " log are 0 and it would not start: set both or remove throttleEnable",
        fieldPath = ".batch")
@SchemaCustomizer(value = ValueRules.class, input = """
                path:
                - rule: self.matches('^/var/log(/[A-Za-z0-9_-][A-Za-z0-9._-]*){2,}$')
                  message: >-
                    must be a file in a directory of its own under /var/log, such as /var/log/kubernetes/audit/audit.log, written
                    with letters, digits, '.', '_' and '-' only; no part of it may begin with '.', and it can't be '-' (stdout)
                - rule: "!self.matches('^/var/log/(pods|containers|journal)/')"
                  message: >-
                    must not lie in /var/log/pods, /var/log/containers or /var/log/journal: kubelet and journald remove
                    files there. Use a directory of its own, such as /var/log/kubernetes/audit/audit.log
                """)
public record LogBackend(
        @Required
        @Size(min = 1, max = 255)
        @JsonPropertyDescription("The log file on each control-plane node, in a directory of its own under /var/log;"
                + " rotated files lie beside it. Flag --audit-log-path.")
        String path,

        @Default("30")
        @Min(0)
        @Max(36500)
        @JsonPropertyDescription("Remove rotated files after this many days; 0 keeps them whatever their age. Flag"
                + " --audit-log-maxage.")
        Integer maxAgeDays,

        @Default("10")
        @Min(0)
        @Max(100000)
        @JsonPropertyDescription("Keep this many rotated files; 0 keeps all. Flag --audit-log-maxbackup.")
        Integer maxBackups,

        @Default("100")
        @Min(1)
        @Max(1048576)
        @JsonPropertyDescription("Rotate the file at this size in megabytes. Flag --audit-log-maxsize.")
        Integer maxSizeMB,

        @JsonPropertyDescription("Compress rotated files with gzip. Flag --audit-log-compress.")
        Boolean compress,

        @JsonPropertyDescription(
                "json (one event a line, kube-apiserver's default) or legacy. Flag" + " --audit-log-format.")
        LogFormat format,

        @JsonPropertyDescription("blocking (kube-apiserver's default for the log), blocking-strict (a request fails"
                + " when its event cannot be stored) or batch (events in memory are lost in a crash). Flag"
                + " --audit-log-mode.")
        Mode mode,

        @JsonPropertyDescription("Batching, with mode batch. Flags --audit-log-batch-*.")
        Batch batch,

        @JsonPropertyDescription("Shortening of large events. Flags --audit-log-truncate-*.")
        Truncate truncate,

        @JsonPropertyDescription(
                "What to do on a node where the log may grow, by maxSizeMB and maxBackups, until it fills the"
                        + " file system that etcd's data is on: Refuse (the default) changes nothing there, Proceed takes the"
                        + " risk. No flag of kube-apiserver: it changes no revision and restarts nothing.")
        WhenSpaceIsShort whenSpaceIsShort) {

    /** The flags alone. */
    public LogBackend(
            String path,
            Integer maxAgeDays,
            Integer maxBackups,
            Integer maxSizeMB,
            Boolean compress,
            LogFormat format,
            Mode mode,
            Batch batch,
            Truncate truncate) {
        this(path, maxAgeDays, maxBackups, maxSizeMB, compress, format, mode, batch, truncate, null);
    }
}
