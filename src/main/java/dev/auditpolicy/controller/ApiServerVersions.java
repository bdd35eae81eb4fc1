package dev.auditpolicy.controller;

import dev.auditpolicy.policy.KubernetesVersion;

/**
 * The versions of the running kube-apiservers. During an upgrade there are two.
 *
 * @param nodesOfOldest the names of the nodes that run the oldest
 */
record ApiServerVersions(KubernetesVersion oldest, String nodesOfOldest, KubernetesVersion newest) {

    /** Empty if all run the same. */
    String describe() {
        return oldest.equals(newest)
                ? ""
                : " (the oldest kube-apiserver, " + oldest + ", runs on node " + nodesOfOldest + "; others run "
                        + newest + ")";
    }
}
