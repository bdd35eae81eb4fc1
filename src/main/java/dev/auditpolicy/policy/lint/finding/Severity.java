package dev.auditpolicy.policy.lint.finding;

/** How much a finding matters. None of them keeps a policy from being loaded. */
public enum Severity {
    /** The policy does not do what it says, or puts credentials into the log. */
    ERROR,
    /** Events are lost or unwanted, or what is written is probably not what was meant. */
    WARNING,
    /** Harmless, but good to know. */
    INFO
}
