package dev.auditpolicy.policy.lint.finding;

/** How much a finding matters. kube-apiserver loads the policy in any case. */
public enum Severity {
    /** The policy has no effect as written, puts credentials into the log, or can stop the API server. */
    ERROR,
    /** Events are lost or unwanted, or a value is probably a mistake. */
    WARNING,
    /** Harmless, for information. */
    INFO
}
