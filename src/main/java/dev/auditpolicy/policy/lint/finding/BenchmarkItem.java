package dev.auditpolicy.policy.lint.finding;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark item about auditing.
 *
 * <p>The numbers and thresholds of CIS are those of CIS Kubernetes Benchmark 1.9 to 1.12, as in kube-bench's
 * {@code cfg/cis-1.12/master.yaml} and {@code controlplane.yaml}; in 1.8 the four flags were 1.2.17 to 1.2.20, in 1.24
 * 1.2.18 to 1.2.21. STIG items are those of the Kubernetes STIG, V2R6. The guide of NSA and CISA numbers nothing, so its items
 * are the appendices of version 1.2. PCI items are those of PCI DSS 4.0 and 4.0.1, with shortened titles.
 */
public enum BenchmarkItem {
    /** Audit log path. */
    CIS_LOG_PATH(Profile.CIS, "1.2.16", "Ensure that the --audit-log-path argument is set", "--audit-log-path is set"),
    /** Retention in days. */
    CIS_MAX_AGE(
            Profile.CIS,
            "1.2.17",
            "Ensure that the --audit-log-maxage argument is set to 30 or as appropriate",
            "--audit-log-maxage is at least 30"),
    /** Number of old files. */
    CIS_MAX_BACKUP(
            Profile.CIS,
            "1.2.18",
            "Ensure that the --audit-log-maxbackup argument is set to 10 or as appropriate",
            "--audit-log-maxbackup is at least 10"),
    /** File size in megabytes. */
    CIS_MAX_SIZE(
            Profile.CIS,
            "1.2.19",
            "Ensure that the --audit-log-maxsize argument is set to 100 or as appropriate",
            "--audit-log-maxsize is at least 100"),
    /** A policy exists. */
    CIS_MINIMAL_POLICY(
            Profile.CIS,
            "3.2.1",
            "Ensure that a minimal audit policy is created",
            "an audit policy is in use, and it records something"),
    /** What the policy must record, and which bodies it must not. */
    CIS_KEY_CONCERNS(
            Profile.CIS,
            "3.2.2",
            "Ensure that the audit policy covers key security concerns",
            "access to Secrets, ConfigMaps and TokenReviews is recorded without bodies; changes of Pods and Deployments, and use of exec, portforward and proxy are recorded"),
    /** Audit log path. */
    STIG_LOG_PATH(
            Profile.STIG,
            "V-242402",
            "The Kubernetes API Server must have an audit log path set",
            "--audit-log-path is set"),
    /** Its check text requires a policy of one rule: everything at RequestResponse. */
    STIG_CONTENT(
            Profile.STIG,
            "V-242403",
            "Kubernetes API Server must generate audit records that identify what type of event has occurred, identify"
                    + " the source of the event, contain the event results, identify any users, and identify any"
                    + " containers associated with the event",
            "the policy is one rule, level: RequestResponse"),
    /** A policy exists. */
    STIG_ENABLED(
            Profile.STIG,
            "V-242461",
            "Kubernetes API Server audit logs must be enabled",
            "an audit policy is in use, and it records something"),
    /** File size in megabytes, at least 100. */
    STIG_MAX_SIZE(
            Profile.STIG,
            "V-242462",
            "The Kubernetes API Server must be set to audit log max size",
            "--audit-log-maxsize is at least 100"),
    /** Number of old files, at least 10. */
    STIG_MAX_BACKUP(
            Profile.STIG,
            "V-242463",
            "The Kubernetes API Server must be set to audit log maximum backup",
            "--audit-log-maxbackup is at least 10"),
    /** Retention in days, at least 30. */
    STIG_MAX_AGE(
            Profile.STIG,
            "V-242464",
            "The Kubernetes API Server audit log retention must be set",
            "--audit-log-maxage is at least 30"),
    /** Audit log path; a duplicate of V-242402. */
    STIG_VALID_LOG_PATH(
            Profile.STIG,
            "V-242465",
            "The Kubernetes API Server audit log path must be set",
            "--audit-log-path is a valid location"),
    /** Secrets at Metadata, everything else at RequestResponse. */
    NSA_POLICY(
            Profile.NSA,
            "Appendix L",
            "Audit policy",
            "Secrets are recorded at Metadata, everything else at RequestResponse"),
    /** A policy file and a log path. */
    NSA_FLAGS(
            Profile.NSA, "Appendix M", "Flags of kube-apiserver for auditing", "an audit policy and a log are in use"),
    /** Events leave the node. */
    NSA_COPY(
            Profile.NSA,
            "Logging",
            "Audit logs are persisted outside of the node and aggregated",
            "events are copied to another system",
            "the receiver of the webhook or of the log shipper: search it for the Audit-ID of a canary of each node"),
    /** Audit logs are on. */
    PCI_ENABLED(Profile.PCI, "10.2.1", "Audit logs are enabled and active", "kube-apiserver records events"),
    /** Who read cardholder data. */
    PCI_USER_ACCESS(
            Profile.PCI,
            "10.2.1.1",
            "All individual user access to cardholder data",
            "no request of a user is dropped"),
    /** What administrators do. */
    PCI_ADMINISTRATORS(
            Profile.PCI,
            "10.2.1.2",
            "All actions by anyone with administrative access",
            "no request of an administrator is dropped"),
    /** Who read audit logs. */
    PCI_LOG_ACCESS(
            Profile.PCI,
            "10.2.1.3",
            "All access to audit logs",
            "requests for nodes/proxy are recorded; access on the hosts themselves is outside of Kubernetes"),
    /** 401 and 403. */
    PCI_INVALID_ACCESS(
            Profile.PCI,
            "10.2.1.4",
            "All invalid logical access attempts",
            "no rule drops requests that fail with 401 or 403"),
    /** Secrets, accounts, certificates and rights. */
    PCI_CREDENTIALS(
            Profile.PCI,
            "10.2.1.5",
            "All changes to identification and authentication credentials",
            "changes of Secrets, accounts, tokens, certificates and RBAC are recorded"),
    /** Changes of the audit policy. */
    PCI_AUDIT_CHANGES(
            Profile.PCI,
            "10.2.1.6",
            "All initialization, starting, stopping or pausing of audit logs",
            "changes of the audit policy are recorded"),
    /** Namespaces, nodes and the like. */
    PCI_SYSTEM_OBJECTS(
            Profile.PCI,
            "10.2.1.7",
            "All creation and deletion of system-level objects",
            "creation and deletion of Namespaces, Nodes, CRDs, admission and the like are recorded"),
    /** What an event says. */
    PCI_CONTENT(
            Profile.PCI,
            "10.2.2",
            "Audit logs record the details of each event",
            "events have the outcome of the request"),
    /** Who may read the log. */
    PCI_READ_ACCESS(
            Profile.PCI,
            "10.3.1",
            "Read access to audit logs is limited to those with a job-related need",
            "only a few may read the log",
            "access to the control-plane hosts, RBAC for nodes/proxy, and the mode of the log file on each host"),
    /** Nobody changes it. */
    PCI_PROTECTED(
            Profile.PCI,
            "10.3.2",
            "Audit log files are protected to prevent modifications by individuals",
            "nobody can change the log",
            "access to the control-plane hosts and to the system that keeps the copy"),
    /** A copy elsewhere. */
    PCI_BACKUP(
            Profile.PCI,
            "10.3.3",
            "Audit log files are promptly backed up to a central log server",
            "events are copied to a central log server",
            "the log server: search it for the Audit-ID of a canary of each node"),
    /** Changes are noticed. */
    PCI_INTEGRITY(
            Profile.PCI,
            "10.3.4",
            "File integrity monitoring is used on audit logs",
            "changes of the log are detected",
            "the integrity monitoring of the hosts; the agent only detects a log that is deleted, replaced or truncated"),
    /** Somebody reads it. */
    PCI_REVIEW(
            Profile.PCI,
            "10.4.1.1",
            "Automated mechanisms are used to perform audit log reviews",
            "the log is reviewed",
            "the system that analyses the events"),
    /** Twelve months, three of them at once available. */
    PCI_RETENTION(
            Profile.PCI,
            "10.5.1",
            "Audit log history is retained for at least 12 months",
            "the log is kept for 12 months, the last 3 immediately available"),
    /** Clocks are right. */
    PCI_TIME(
            Profile.PCI,
            "10.6",
            "Time-synchronization mechanisms support consistent time settings",
            "clocks are synchronized",
            "the configuration of time synchronization on each host"),
    /** Alerts. */
    PCI_FAILURES(
            Profile.PCI,
            "10.7.2",
            "Failures of critical security control systems are detected, alerted and addressed",
            "a failure of audit logging raises an alert",
            "the alerts AuditLogLost, AuditPolicyNotReady and AuditLogDiskFull in the monitoring, and who answers them");

    private final Profile profile;
    private final String id;
    private final String title;
    private final String asks;
    private final @Nullable String provenElsewhere;

    BenchmarkItem(Profile profile, String id, String title, String asks) {
        this(profile, id, title, asks, null);
    }

    BenchmarkItem(Profile profile, String id, String title, String asks, @Nullable String provenElsewhere) {
        this.profile = profile;
        this.id = id;
        this.title = title;
        this.asks = asks;
        this.provenElsewhere = provenElsewhere;
    }

    /** The benchmark. */
    public Profile profile() {
        return profile;
    }

    /** The benchmark's own id, such as {@code 1.2.17} or {@code V-242464}. */
    public String id() {
        return id;
    }

    /** The benchmark's own title. */
    public String title() {
        return title;
    }

    /** What it asks of a kube-apiserver, as this tool checks it: the middle of a sentence. */
    public String asks() {
        return asks;
    }

    /** Where the evidence is, if neither the policy nor the state of the nodes can show it. No finding is about such an item. */
    public Optional<String> provenElsewhere() {
        return Optional.ofNullable(provenElsewhere);
    }

    /** Such as {@code CIS 1.2.17}. */
    @Override
    public String toString() {
        return profile + " " + id;
    }
}
