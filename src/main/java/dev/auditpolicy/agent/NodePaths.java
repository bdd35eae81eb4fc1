package dev.auditpolicy.agent;

/**
 * Where things lie on a kubeadm control-plane node.
 *
 * @param manifest the static pod manifest of kube-apiserver
 * @param policy the audit policy file
 */
public record NodePaths(String manifest, String policy) {

    /** What kubeadm makes of it, and the policy file that this operator owns. */
    public static NodePaths kubeadm() {
        return new NodePaths("/etc/kubernetes/manifests/kube-apiserver.yaml", "/etc/kubernetes/audit-policy.yaml");
    }
}
