package dev.auditpolicy.policy.lint.finding;

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
    CIS_LOG_PATH(Profile.CIS, "1.2.16", "Ensure that the --audit-log-path argument is set"),
    /** Retention in days. */
    CIS_MAX_AGE(Profile.CIS, "1.2.17", "Ensure that the --audit-log-maxage argument is set to 30 or as appropriate"),
    /** Number of old files. */
    CIS_MAX_BACKUP(
            Profile.CIS, "1.2.18", "Ensure that the --audit-log-maxbackup argument is set to 10 or as appropriate"),
    /** File size in megabytes. */
    CIS_MAX_SIZE(Profile.CIS, "1.2.19", "Ensure that the --audit-log-maxsize argument is set to 100 or as appropriate"),
    /** A policy exists. */
    CIS_MINIMAL_POLICY(Profile.CIS, "3.2.1", "Ensure that a minimal audit policy is created"),
    /** What the policy must record, and which bodies it must not. */
    CIS_KEY_CONCERNS(Profile.CIS, "3.2.2", "Ensure that the audit policy covers key security concerns"),
    /** Audit log path. */
    STIG_LOG_PATH(Profile.STIG, "V-242402", "The Kubernetes API Server must have an audit log path set"),
    /** Its check text requires a policy of one rule: everything at RequestResponse. */
    STIG_CONTENT(
            Profile.STIG,
            "V-242403",
            "Kubernetes API Server must generate audit records that identify what type of event has occurred, identify"
                    + " the source of the event, contain the event results, identify any users, and identify any"
                    + " containers associated with the event"),
    /** A policy exists. */
    STIG_ENABLED(Profile.STIG, "V-242461", "Kubernetes API Server audit logs must be enabled"),
    /** File size in megabytes, at least 100. */
    STIG_MAX_SIZE(Profile.STIG, "V-242462", "The Kubernetes API Server must be set to audit log max size"),
    /** Number of old files, at least 10. */
    STIG_MAX_BACKUP(Profile.STIG, "V-242463", "The Kubernetes API Server must be set to audit log maximum backup"),
    /** Retention in days, at least 30. */
    STIG_MAX_AGE(Profile.STIG, "V-242464", "The Kubernetes API Server audit log retention must be set"),
    /** Audit log path; a duplicate of V-242402. */
    STIG_VALID_LOG_PATH(Profile.STIG, "V-242465", "The Kubernetes API Server audit log path must be set"),
    /** Secrets at Metadata, everything else at RequestResponse. */
    NSA_POLICY(Profile.NSA, "Appendix L", "Audit policy"),
    /** A policy file and a log path. */
    NSA_FLAGS(Profile.NSA, "Appendix M", "Flags of kube-apiserver for auditing"),
    /** Audit logs are on. */
    PCI_ENABLED(Profile.PCI, "10.2.1", "Audit logs are enabled and active"),
    /** Who read cardholder data. */
    PCI_USER_ACCESS(Profile.PCI, "10.2.1.1", "All individual user access to cardholder data"),
    /** What administrators do. */
    PCI_ADMINISTRATORS(Profile.PCI, "10.2.1.2", "All actions by anyone with administrative access"),
    /** Who read audit logs. */
    PCI_LOG_ACCESS(Profile.PCI, "10.2.1.3", "All access to audit logs"),
    /** 401 and 403. */
    PCI_INVALID_ACCESS(Profile.PCI, "10.2.1.4", "All invalid logical access attempts"),
    /** Secrets, accounts, certificates and rights. */
    PCI_CREDENTIALS(Profile.PCI, "10.2.1.5", "All changes to identification and authentication credentials"),
    /** Changes of the audit policy. */
    PCI_AUDIT_CHANGES(Profile.PCI, "10.2.1.6", "All initialization, starting, stopping or pausing of audit logs"),
    /** Namespaces, nodes and the like. */
    PCI_SYSTEM_OBJECTS(Profile.PCI, "10.2.1.7", "All creation and deletion of system-level objects"),
    /** What an event says. */
    PCI_CONTENT(Profile.PCI, "10.2.2", "Audit logs record the details of each event"),
    /** Twelve months, three of them at once available. */
    PCI_RETENTION(Profile.PCI, "10.5.1", "Audit log history is retained for at least 12 months");

    private final Profile profile;
    private final String id;
    private final String title;

    BenchmarkItem(Profile profile, String id, String title) {
        this.profile = profile;
        this.id = id;
        this.title = title;
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

    /** Such as {@code CIS 1.2.17}. */
    @Override
    public String toString() {
        return profile + " " + id;
    }
}
