package dev.auditpolicy.manifest;

import java.util.Set;

/** The names by which this product knows its own parts of a manifest again. */
final class OwnershipMarkers {
    /** Annotation: which flags are ours, by name, joined by commas. */
    static final String FLAGS = "auditpolicy.dev/flags";

    /** Annotation: hash of policy and settings. */
    static final String REVISION = "auditpolicy.dev/revision";

    /** Volume and mount of the policy file. */
    static final String POLICY_VOLUME = "auditpolicy-policy";

    /** Volume and mount of the log directory. */
    static final String LOG_VOLUME = "auditpolicy-log";

    /** Our volumes and mounts. */
    static final Set<String> VOLUMES = Set.of(POLICY_VOLUME, LOG_VOLUME);

    private OwnershipMarkers() {}
}
