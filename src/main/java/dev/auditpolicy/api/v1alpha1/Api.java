package dev.auditpolicy.api.v1alpha1;

/** The group and version of the API. */
public final class Api {

    /** The group of both kinds. */
    public static final String GROUP = "auditpolicy.dev";

    /** The only version. */
    public static final String VERSION = "v1alpha1";

    /**
     * The finalizer of an AuditNode whose node has a turn. It keeps what the agent reports visible if the Node or its
     * control-plane label is removed meanwhile: kube-apiserver restarts all the same.
     */
    public static final String TURN_FINALIZER = GROUP + "/turn";

    /** The finalizer of an AuditPolicy whose deletion gives the nodes back what they had. */
    public static final String RESTORE_FINALIZER = GROUP + "/restore";

    /** The well-known label of Nodes and of the identity leases of kube-apiservers. AuditNodes carry that of their Node. */
    public static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    /** The label of nodes that run a kube-apiserver; kubeadm sets it. */
    public static final String CONTROL_PLANE_LABEL = "node-role.kubernetes.io/control-plane";

    private Api() {}
}
