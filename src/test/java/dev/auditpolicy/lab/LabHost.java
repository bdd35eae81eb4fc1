package dev.auditpolicy.lab;

import java.util.List;

/** How the nodes of a lab run kube-apiserver. */
public enum LabHost {
    /** As a static pod of the node's kubelet, as kubeadm makes it. */
    KUBEADM,
    /** As a systemd service, without a kubelet. The flags of {@code cp3} are in environment files. */
    SYSTEMD,
    /** As {@link #SYSTEMD}, with a kubelet on {@code cp1}. */
    SYSTEMD_WITH_KUBELET,
    /** As {@link #KUBEADM} on {@code cp1} and {@code cp2}, and as {@link #SYSTEMD} on {@code cp3}. Requires three nodes. */
    MIXED;

    /** The options of the script's command {@code up}. */
    List<String> options() {
        return switch (this) {
            case KUBEADM -> List.of();
            case SYSTEMD -> List.of("--systemd");
            case SYSTEMD_WITH_KUBELET -> List.of("--systemd", "--kubelet=cp1");
            case MIXED -> List.of("--systemd=cp3");
        };
    }
}
