package dev.auditpolicy.replay.total;

/** An attribute of events by which totals are kept. */
public enum Dimension {
    /** The level. */
    LEVEL,
    /** The rule that decides, by its index. */
    RULE,
    /** What differs between two policies. */
    CHANGE,
    /** The stage. */
    STAGE,
    /** The verb. */
    VERB,
    /** The resource with group and subresource, or the first part of a path. */
    RESOURCE,
    /** Verb and resource. */
    REQUEST,
    /** The namespace. */
    NAMESPACE,
    /** The user before impersonation. */
    USER,
    /** The user agent. */
    USER_AGENT
}
