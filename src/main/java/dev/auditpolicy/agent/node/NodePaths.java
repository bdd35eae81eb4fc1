package dev.auditpolicy.agent.node;

import dev.auditpolicy.unit.command.DropIn;

/**
 * Paths on a control-plane node.
 *
 * @param configuration the file with the flags of kube-apiserver: its static pod manifest, or our drop-in of its unit
 * @param policy the audit policy file
 * @param guard the static pod manifest of the guard
 */
public record NodePaths(String configuration, String policy, String guard) {

    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String GUARD = "/etc/kubernetes/manifests/auditpolicy-guard.yaml";

    /** The paths on a kubeadm node. */
    public static NodePaths kubeadm() {
        return new NodePaths("/etc/kubernetes/manifests/kube-apiserver.yaml", POLICY, GUARD);
    }

    /** The paths on a host that starts kube-apiserver with the unit {@code name}. */
    public static NodePaths ofUnit(String name) {
        return new NodePaths(DropIn.path(name), POLICY, GUARD);
    }
}
