package dev.auditpolicy.agent.reapply;

import dev.auditpolicy.api.v1alpha1.Phase;

/** What the agent knows of its node from before kubeadm's rewrite, as it was last reported. */
public enum Standing {
    /** This process has reported nothing yet, because it has just started or no API server answers: the journal decides. */
    UNKNOWN,
    /** The live kube-apiserver was verified a moment ago. */
    VERIFIED,
    /** The node is managed, and is not verified now: the API server or etcd restarts, or the node waits for its turn. */
    MANAGED,
    /** Somebody decided against the configuration on this node, or it failed here: only a turn may change it, or nothing. */
    LEFT_ALONE;

    /** The standing of a node with the reported {@code phase}. */
    public static Standing of(Phase phase) {
        return switch (phase) {
            case EFFECTIVE -> VERIFIED;
            // RolledBack and Refused are about another revision than the proven one. Refused is also a node without a
            // manifest, as between kubeadm's two renames.
            case PENDING, REFUSED, CHECKED, ACTING, ROLLED_BACK -> MANAGED;
            case FAILED, DRIFTED, HELD, OBSERVED, RESTORED, UNMANAGED -> LEFT_ALONE;
        };
    }
}
