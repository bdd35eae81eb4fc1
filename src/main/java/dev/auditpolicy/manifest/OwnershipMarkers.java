package dev.auditpolicy.manifest;

import java.util.List;
import java.util.Set;

/** The names that mark the parts of a manifest that the operator owns. */
final class OwnershipMarkers {
    /** Annotation: the names of our flags, joined by commas. */
    static final String FLAGS = "auditpolicy.dev/flags";

    /** Annotation: the hash of policy and settings. */
    static final String REVISION = "auditpolicy.dev/revision";

    /** Annotation: when our parts were put back into a manifest that kubeadm had just written. */
    static final String REAPPLIED = "auditpolicy.dev/reapplied";

    /** Our annotations. */
    static final List<String> ANNOTATIONS = List.of(FLAGS, REVISION, REAPPLIED);

    /** Volume and mount of the policy file. */
    static final String POLICY_VOLUME = "auditpolicy-policy";

    /** Volume and mount of the log directory. */
    static final String LOG_VOLUME = "auditpolicy-log";

    /** Volume and mount of the directory with the kubeconfig of the webhook. */
    static final String WEBHOOK_VOLUME = "auditpolicy-webhook";

    /** Our volumes and mounts. */
    static final Set<String> VOLUMES = Set.of(POLICY_VOLUME, LOG_VOLUME, WEBHOOK_VOLUME);

    private OwnershipMarkers() {}
}
