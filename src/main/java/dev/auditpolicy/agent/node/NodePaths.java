package dev.auditpolicy.agent.node;

/**
 * Paths on a control-plane node.
 *
 * @param manifest the static pod manifest of kube-apiserver
 * @param policy the audit policy file
 * @param guard the static pod manifest of the guard
 */
public record NodePaths(String manifest, String policy, String guard) {

    /** The paths on a kubeadm node. */
    public static NodePaths kubeadm() {
        return new NodePaths(
                "/etc/kubernetes/manifests/kube-apiserver.yaml",
                "/etc/kubernetes/audit-policy.yaml",
                "/etc/kubernetes/manifests/auditpolicy-guard.yaml");
    }
}
