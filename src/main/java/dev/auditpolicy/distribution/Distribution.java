package dev.auditpolicy.distribution;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A distribution or tool that manages control-plane nodes. */
@SuppressWarnings("ImmutableEnumChecker") // The sets come from Set.of, and the predicates have no state.
public enum Distribution {
    RKE2(
            "RKE2",
            Set.of("/etc/rancher/rke2", "/var/lib/rancher/rke2"),
            Set.of("rke2"),
            node -> node.kubeletVersion().contains("+rke2"),
            "set audit-policy-file and kube-apiserver-arg in /etc/rancher/rke2/config.yaml on each server, and restart"
                    + " rke2-server"),
    K3S(
            "k3s",
            Set.of("/etc/rancher/k3s", "/var/lib/rancher/k3s"),
            Set.of("k3s", "k3s-server"),
            node -> node.kubeletVersion().contains("+k3s"),
            "set kube-apiserver-arg (audit-policy-file, audit-log-path) in /etc/rancher/k3s/config.yaml on each server, and"
                    + " restart k3s"),
    K0S(
            "k0s",
            Set.of("/etc/k0s", "/var/lib/k0s"),
            Set.of("k0s"),
            node -> node.kubeletVersion().contains("+k0s"),
            "set spec.api.extraArgs in the k0s configuration of each controller, and restart it"),
    TALOS(
            "Talos",
            Set.of("/system/secrets", "/system/state"),
            Set.of("machined"),
            node -> node.operatingSystem().startsWith("Talos"),
            "set the audit policy in the machine configuration (cluster.apiServer.auditPolicy, or a KubeAuditPolicyConfig"
                    + " document) with talosctl"),
    OPENSHIFT(
            "OpenShift",
            Set.of("/etc/kubernetes/static-pod-resources/kube-apiserver-certs", "/etc/machine-config-daemon"),
            Set.of("machine-config-daemon"),
            node -> node.operatingSystem().startsWith("Red Hat Enterprise Linux CoreOS")
                    || node.labels().contains("node.openshift.io/os_id"),
            "set spec.audit of its own resource: oc edit apiservers.config.openshift.io cluster"),
    MICROK8S(
            "MicroK8s",
            Set.of("/var/snap/microk8s"),
            Set.of("kubelite"),
            node -> node.labels().contains("microk8s.io/cluster"),
            "set the flags in /var/snap/microk8s/current/args/kube-apiserver on each node, and restart it"),
    KOPS(
            "kOps",
            Set.of(
                    "/etc/kubernetes/manifests/kube-apiserver.manifest",
                    "/srv/kubernetes/kube-apiserver",
                    "/etc/systemd/system/kops-configuration.service",
                    "/usr/lib/systemd/system/kops-configuration.service"),
            Set.of("nodeup"),
            node -> node.labels().contains("kops.k8s.io/instancegroup"),
            "set spec.kubeAPIServer.audit* and spec.fileAssets of the kOps Cluster, and run kops update and kops rolling-update"),
    DECKHOUSE(
            "Deckhouse",
            Set.of("/etc/kubernetes/deckhouse", "/var/lib/bashible"),
            Set.of("control-plane-manager"),
            node -> node.labels().contains("node.deckhouse.io/group"),
            "set apiserver.auditPolicyEnabled of the ModuleConfig control-plane-manager and the Secret kube-system/audit-policy"),
    CHARMED(
            "Charmed Kubernetes",
            Set.of("/var/snap/kube-apiserver"),
            Set.of(),
            node -> node.labels().contains("juju-application"),
            "set the policy with juju config kubernetes-control-plane audit-policy=..."),
    /** Uses kubeadm, and writes audit flags into its configuration if kubernetes_audit is true. */
    KUBESPRAY(
            "kubespray",
            Set.of("/etc/kubernetes/kubelet-config.yaml", "/etc/kubernetes/audit-policy/apiserver-audit-policy.yaml"),
            Set.of(),
            _ -> false,
            "set kubernetes_audit: false in its inventory and run it, so that its handlers neither write audit flags nor restart"
                    + " kube-apiserver for them; or keep audit logging in kubespray (audit_policy_custom_rules) and leave"
                    + " this operator out");

    /** All paths that a survey should look for. */
    public static final List<String> PATHS =
            Stream.of(values()).flatMap(one -> one.paths.stream()).sorted().toList();

    private final String title;
    private final Set<String> paths;
    private final Set<String> programs;
    private final Predicate<NodeSigns> isNode;
    private final String advice;

    Distribution(String title, Set<String> paths, Set<String> programs, Predicate<NodeSigns> isNode, String advice) {
        this.title = title;
        this.paths = paths;
        this.programs = programs;
        this.isNode = isNode;
        this.advice = advice;
    }

    /**
     * The distribution of a node, from its files and processes. Directories of a distribution may be left over, so on a node with
     * the manifest that kubeadm writes they count only together with a running program. Deckhouse writes that manifest itself,
     * from a pod.
     */
    public static Optional<Distribution> of(HostSigns host) {
        return Stream.of(values()).filter(one -> one.isOn(host)).findFirst();
    }

    private boolean isOn(HostSigns host) {
        if (this == TALOS && host.operatingSystem().equals("talos")) {
            return true;
        }
        var hasPath = paths.stream().anyMatch(host.paths()::contains);
        var runs = programs.stream().anyMatch(host.programs()::contains);
        return host.hasManifest() ? hasPath && (runs || programs.isEmpty() || this == DECKHOUSE) : hasPath;
    }

    /** The distribution of a node, from its Node object. */
    public static Optional<Distribution> of(NodeSigns node) {
        return Stream.of(values()).filter(one -> one.isNode.test(node)).findFirst();
    }

    /** Its name. */
    public String title() {
        return title;
    }

    /** Whether this operator can manage kube-apiserver there: as a static pod that nobody else rewrites continuously. */
    public boolean isSupported() {
        return this == KUBESPRAY;
    }

    /** How to configure audit logging instead, in the imperative. */
    public String advice() {
        return advice;
    }

    /** Why this operator does not manage a node of this distribution, and what to do instead. */
    public String refusal() {
        return "this node is managed by " + title
                + ", which configures kube-apiserver itself and would undo changes of this operator: " + advice;
    }
}
